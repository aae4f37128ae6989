from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import COUNTY_EDITOR, OFFICE
from tests.factories.feeds import TEXT, item, rss
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.intake.conftest import CLERK, Intake, body
from tests.support.people import person

READER = person(Permission.READ_DRAFTS, at=OFFICE, name="reader")
TITLE = "关于做好防汛工作的通知"


async def in_tray(intake: Intake, text: str | None = TEXT) -> Any:
    """An entry that no rule is about."""
    link = {} if text else {"link": "none"}
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE, text, **link)))
    await intake.registered()
    await intake.read()
    (entry,) = await intake.entries(state="tray")
    return entry


def acceptance(intake: Intake, **told: Any) -> dict[str, Any]:
    return {"kind": "notice", "column_id": intake.group.columns["news"], **told}


async def test_a_person_accepts_an_entry_and_wrote_the_draft_so_reviews_it_never(
    intake: Intake, announced: Announced
) -> None:
    entry = await in_tray(intake)
    path = f"/upstream-entries/{entry['id']}/acceptance"
    done = await intake.send("POST", path, acceptance(intake), version=entry["version"])
    assert (done.json()["state"], done.json()["settled_by"]) == ("drafted", CLERK.id)
    (drafted,) = await intake.items()
    assert (drafted["kind"], drafted["author"]) == ("notice", CLERK.id)
    assert (await announced())[-1] == "content.upstream_entry.settled"
    version = done.json()["version"]
    again = await intake.send("POST", path, acceptance(intake), version=version)
    assert (again.status_code, again.json()["item_id"]) == (409, drafted["id"])
    late = await intake.send(
        "POST", f"/upstream-entries/{entry['id']}/dismissal", {"reason": "重复"}, version=version
    )
    assert late.json()["type"] == "/problems/entry-drafted"


async def test_an_entry_that_could_not_be_read_is_accepted_with_a_text(
    intake: Intake, unchanged: Unchanged
) -> None:
    entry = await in_tray(intake, None)
    path = f"/upstream-entries/{entry['id']}/acceptance"
    async with unchanged():
        refused = await intake.send("POST", path, acceptance(intake), version=entry["version"])
    assert refused.json()["type"] == "/problems/entry-without-text"
    given = acceptance(intake, text=TEXT)
    done = await intake.send("POST", path, given, version=entry["version"])
    assert (done.json()["state"], done.json()["text_from"]) == ("drafted", "person")
    assert (await intake.items())[0]["body"] == TEXT


async def test_an_entry_is_dismissed_with_a_reason_and_may_still_be_taken_up(
    intake: Intake,
) -> None:
    entry = await in_tray(intake)
    path = f"/upstream-entries/{entry['id']}"
    silent = await intake.send("POST", f"{path}/dismissal", {}, version=entry["version"])
    assert silent.status_code == 422
    given = {"reason": "与本地无关"}
    done = await intake.send("POST", f"{path}/dismissal", given, version=entry["version"])
    assert (done.json()["state"], done.json()["message"]) == ("dismissed", "与本地无关")
    taken = await intake.send(
        "POST", f"{path}/acceptance", acceptance(intake), version=done.json()["version"]
    )
    assert taken.json()["state"] == "drafted"


@pytest.mark.parametrize("act", ["acceptance", "dismissal", "note", "directive"])
async def test_nobody_else_decides_and_nobody_over_an_older_state(
    intake: Intake, unchanged: Unchanged, act: str
) -> None:
    entry = await in_tray(intake)
    given = {"acceptance": acceptance(intake), "dismissal": {"reason": "理由"}}.get(act)
    path = f"/upstream-entries/{entry['id']}/{act}"
    async with unchanged():
        for actor, version, status in (
            (COUNTY_EDITOR, entry["version"], 404),
            (CLERK, entry["version"] + 7, 412),
        ):
            refused = await intake.send("POST", path, given, version=version, actor=actor)
            assert refused.status_code == status, refused.text
        if act != "directive":
            refused = await intake.send(
                "POST", path, given, version=entry["version"], actor=READER
            )
            assert refused.status_code == 403
