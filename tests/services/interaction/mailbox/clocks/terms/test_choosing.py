from typing import Any

from sqlalchemy import text

from services.interaction.mailbox.clocks.terms.policy import policies
from shared.auth import Permission
from shared.db import Sessions
from tests.services.interaction.conftest import (
    CLERK,
    DISPATCHER,
    HEAD,
    OFFICE,
    OTHER_SITE,
    SITE,
    STRANGER,
    Mailbox,
)
from tests.support.people import CITY, person

ADMIN = person(Permission.ADMINISTER, at=OFFICE, name="admin")
SUPERVISOR = person(Permission.APPROVE_CHANGE, at=CITY, name="supervisor")
TERMS = f"/v1/sites/{SITE}/letter-terms"
YUEQING = {"policy": "yueqing"}


async def choose(
    mailbox: Mailbox, body: dict[str, Any], version: int | None = None, status: int = 200
) -> dict[str, Any]:
    done = await mailbox.send(ADMIN, "PUT", TERMS, body, version)
    assert done.status_code == status, done.text
    answer: dict[str, Any] = done.json()
    return answer


async def test_letters_go_by_the_terms_of_the_day_they_came(mailbox: Mailbox) -> None:
    before = await mailbox.dispatched()
    chosen = await choose(mailbox, YUEQING, version=1)
    after = await mailbox.dispatched()
    assert (before["due_on"], after["due_on"]) == ("2026-03-23", "2026-03-09")
    assert (await mailbox.row(before["number"])).due_on.isoformat() == "2026-03-23"
    shown = {}
    for receipt in (before, after):
        letter = await mailbox.row(receipt["number"])
        path = f"/v1/letters/{letter.id}/deadlines"
        deadlines = (await mailbox.send(CLERK, "GET", path)).json()["deadlines"]
        [shown[receipt["number"]]] = {each["policy_version"] for each in deadlines}
    assert shown[after["number"]] == chosen["terms"]["digest"] != shown[before["number"]]


async def test_a_site_that_chose_nothing_gets_an_edition_with_its_first_letter(
    mailbox: Mailbox,
) -> None:
    assert (await mailbox.send(HEAD, "GET", TERMS)).json()["items"] == []
    await mailbox.write()
    await mailbox.write()
    [edition] = (await mailbox.send(HEAD, "GET", TERMS)).json()["items"]
    assert (edition["edition"], edition["terms"]["name"]) == (1, "anhui-2015")
    assert edition["set_by"] == "system:interaction"


async def test_a_version_that_says_otherwise_makes_another_edition_for_whoever_chose_none(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    await mailbox.write()
    async with sessions.begin() as session:
        await session.execute(text("UPDATE letter_terms SET digest = 'of before'"))
    await mailbox.write()
    editions = (await mailbox.send(HEAD, "GET", TERMS)).json()["items"]
    assert [edition["edition"] for edition in editions] == [2, 1]
    await choose(mailbox, YUEQING, version=2)
    async with sessions.begin() as session:
        await session.execute(text("UPDATE letter_terms SET digest = 'of before'"))
    await mailbox.write()
    editions = (await mailbox.send(HEAD, "GET", TERMS)).json()["items"]
    assert [edition["edition"] for edition in editions] == [3, 2, 1]


async def test_a_choice_names_the_edition_it_read(mailbox: Mailbox) -> None:
    assert (await choose(mailbox, YUEQING))["edition"] == 1
    assert (await choose(mailbox, YUEQING, status=428))["type"].endswith("precondition-required")
    assert (await choose(mailbox, YUEQING, 2, status=412))["type"].endswith("stale-version")
    assert (await choose(mailbox, {"policy": "shenyang"}, 1))["edition"] == 2


async def test_going_beyond_what_binds_is_flagged_with_its_reason(mailbox: Mailbox) -> None:
    longer: dict[str, Any] = {
        "policy": "shenyang",
        "own": [{"step": "answer", "kind": "help", "days": 20}],
    }
    refused = await choose(mailbox, longer, status=422)
    assert [fault["code"] for fault in refused["faults"]] == ["beyond_binding"]
    assert await mailbox.announced() == []
    chosen = await choose(mailbox, longer | {"beyond_reason": "须多部门会办"})
    assert chosen["beyond_reason"] == "须多部门会办"
    [(type_, data)] = await mailbox.announced()
    assert (type_, data["beyond_binding"]) == ("interaction.letter_terms.set", True)
    within = await choose(mailbox, YUEQING | {"beyond_reason": "无须理由"}, 1)
    assert within["beyond_reason"] is None


async def test_terms_are_chosen_by_the_sponsors_administrators_alone(mailbox: Mailbox) -> None:
    for actor, status in ((None, 401), (STRANGER, 404), (person(name="nobody"), 404)):
        assert (await mailbox.send(actor, "PUT", TERMS, YUEQING)).status_code == status
        assert (await mailbox.send(actor, "GET", TERMS)).status_code == status
    for actor in (DISPATCHER, HEAD, SUPERVISOR):
        assert (await mailbox.send(actor, "PUT", TERMS, YUEQING)).status_code == 403
        assert (await mailbox.send(actor, "GET", TERMS)).status_code == 200
    assert (await mailbox.send(CLERK, "GET", TERMS)).status_code == 404
    other = f"/v1/sites/{OTHER_SITE}/letter-terms"
    assert (await mailbox.send(ADMIN, "PUT", other, YUEQING)).status_code == 404
    assert await mailbox.announced() == []


async def test_named_policies_are_read_with_their_sources(mailbox: Mailbox) -> None:
    offered = (await mailbox.send(None, "GET", "/v1/public/letter-policies")).json()
    assert {policy["name"] for policy in offered} == set(policies().policies)
    for policy in offered:
        assert all(limit["document"] and limit["confidence"] for limit in policy["limits"])
