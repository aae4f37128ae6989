from typing import Any

import httpx
import pytest

from services.content.syndication.directives.schedule import tasks
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import COUNTY, COUNTY_EDITOR, EDITOR, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import NOW, bearer, person

LATER = "2026-03-20T01:00:00Z"
COUNTY_SUPERVISOR = person(Permission.ISSUE_DIRECTIVE, at=COUNTY, name="county-supervisor")


async def _declined(group: Group) -> Any:
    owed = await group.owed(await group.released())
    done = await group.answer(owed, answer="decline", reason="与本县无关")
    assert done.status_code == 200, done.text
    return done.json()


async def _rule(
    group: Group, owed: Any, ruling: str, actor: Actor = SUPERVISOR, **fields: Any
) -> httpx.Response:
    path = f"/v1/obligations/{owed['id']}/ruling"
    body = {"ruling": ruling, **fields}
    return await group.send(actor, "POST", path, body, version=owed["version"])


async def _history(group: Group, owed: Any, actor: Actor = COUNTY_EDITOR) -> httpx.Response:
    return await group.send(actor, "GET", f"/v1/obligations/{owed['id']}/declines")


async def test_a_decline_is_under_decision_until_its_issuer_rules(group: Group) -> None:
    owed = await _declined(group)
    decline = owed["decline"]
    assert (owed["state"], decline["reason"], decline["ruling"]) == (
        "declined",
        "与本县无关",
        None,
    )
    assert decline["declined_by"] == COUNTY_EDITOR.id


async def test_an_accepted_decline_lets_the_site_off(group: Group, announced: Announced) -> None:
    owed = await _declined(group)
    done = await _rule(group, owed, "accept", reason="同意")
    assert done.status_code == 200, done.text
    ruled = done.json()
    assert (ruled["state"], ruled["decline"]["ruling"]) == ("declined", "accept")
    assert (ruled["decline"]["ruled_by"], ruled["decline"]["ruling_reason"]) == (
        SUPERVISOR.id,
        "同意",
    )
    assert ruled["version"] == owed["version"] + 1
    assert (await announced())[-1] == "content.obligation.decline_ruled"


async def test_a_rejected_decline_is_owed_again_and_kept(
    group: Group, announced: Announced
) -> None:
    owed = await _declined(group)
    done = await _rule(group, owed, "reject", reason="全市统一要求")
    ruled = done.json()
    assert (ruled["state"], ruled["reason"], ruled["settled_at"]) == ("delivered", None, None)
    assert ruled["deadline"] == owed["deadline"]
    assert ruled["decline"]["ruling_reason"] == "全市统一要求"
    again = await group.answer(ruled, answer="decline", reason="仍不适用")
    assert again.json()["state"] == "declined"
    accepted = await _rule(group, again.json(), "reject", reason="请转载", deadline=LATER)
    assert accepted.json()["deadline"] == LATER
    column = group.county_columns["policies"]
    done = await group.answer(accepted.json(), answer="accept", column_id=column)
    assert (done.status_code, done.json()["state"]) == (200, "accepted")
    listed = (await _history(group, owed)).json()["items"]
    assert [(one["reason"], one["ruling"], one["deadline"]) for one in listed] == [
        ("仍不适用", "reject", LATER),
        ("与本县无关", "reject", None),
    ]
    assert (await announced()).count("content.obligation.decline_ruled") == 2


async def test_a_rejection_sets_the_clock_again(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    await _rule(group, await _declined(group), "reject", reason="请转载", deadline=LATER)
    miss, _ = tasks(sessions, begin)
    watch.now = NOW.replace(day=19)
    assert await miss.run(watch()) == 0
    watch.now = NOW.replace(day=21)
    assert await miss.run(watch()) == 1
    assert (await announced())[-1] == "content.obligation.missed"


async def test_time_that_passed_under_decision_is_not_the_sites(
    group: Group, watch: Watch, unchanged: Unchanged
) -> None:
    owed = await _declined(group)
    watch.now = NOW.replace(day=12)
    path = f"/v1/obligations/{owed['id']}/ruling"
    headers = bearer(SUPERVISOR, watch()) | {"If-Match": f'"{owed["version"]}"'}
    body = {"ruling": "reject", "reason": "请转载"}
    async with unchanged():
        refused = await group.client.post(path, json=body, headers=headers)
        assert refused.json()["type"] == "/problems/deadline-out-of-range"
    done = await group.client.post(path, json={**body, "deadline": LATER}, headers=headers)
    assert (done.json()["state"], done.json()["late"]) == ("delivered", False)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"ruling": "reject"}, "reason_missing"),
        ({"ruling": "accept", "deadline": LATER}, "deadline_misplaced"),
        ({"ruling": "maybe"}, "enum"),
        ({"ruling": "reject", "reason": "x", "deadline": "2026-03-20T01:00:00"}, None),
    ],
)
async def test_half_a_ruling_is_refused(
    group: Group, unchanged: Unchanged, body: dict[str, Any], fault: str | None
) -> None:
    owed = await _declined(group)
    path = f"/v1/obligations/{owed['id']}/ruling"
    async with unchanged():
        refused = await group.send(SUPERVISOR, "POST", path, body, version=owed["version"])
        assert refused.status_code == 422
        assert fault is None or refused.json()["faults"][0]["code"] == fault


async def test_only_the_issuer_rules_once_and_on_the_version_it_read(
    group: Group, unchanged: Unchanged
) -> None:
    owed = await _declined(group)
    async with unchanged():
        for actor in (COUNTY_EDITOR, COUNTY_SUPERVISOR, EDITOR):
            assert (await _rule(group, owed, "accept", actor)).status_code == 404
        stale = {**owed, "version": owed["version"] - 1}
        assert (await _rule(group, stale, "accept")).status_code == 412
        path = f"/v1/obligations/{owed['id']}/ruling"
        unnamed = await group.send(SUPERVISOR, "POST", path, {"ruling": "accept"})
        assert unnamed.status_code == 428
    ruled = (await _rule(group, owed, "accept")).json()
    open_one = await group.owed(await group.released())
    async with unchanged():
        for one in (ruled, open_one):
            refused = await _rule(group, one, "accept")
            assert (refused.status_code, refused.json()["type"]) == (
                409,
                "/problems/nothing-to-rule-on",
            )


async def test_the_site_and_the_issuer_read_what_was_declined(group: Group) -> None:
    owed = await _declined(group)
    for actor in (COUNTY_EDITOR, SUPERVISOR):
        assert len((await _history(group, owed, actor)).json()["items"]) == 1
    for actor in (COUNTY_SUPERVISOR, EDITOR):
        assert (await _history(group, owed, actor)).status_code == 404
