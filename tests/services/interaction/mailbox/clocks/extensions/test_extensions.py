from typing import Any

import pytest
from sqlalchemy import text

from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.telling.queries import on_watch
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    CLERK,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people
from tests.support.people import CITY, person
from tests.support.queries import CountQueries

REASON = "李小龙所反映路段须会同电力部门勘察"
FOR_WRITER = "需要会同电力部门现场勘察，答复将延后。"
NEW = {"days": 10, "reason": REASON, "for_writer": FOR_WRITER}
BOTH = Actor("person:both", CITY, {Permission.ANSWER: (ROADS,), Permission.REVIEW_ANSWER: (CITY,)})
UNIT_HEAD = person(Permission.REVIEW_ANSWER, at=ROADS, name="unit-head")


async def ask(mailbox: Mailbox, number: str, actor: Actor | None = CLERK, **over: Any) -> Any:
    letter = await mailbox.row(number)
    path = f"/v1/letters/{letter.id}/extensions"
    return await mailbox.send(actor, "POST", path, NEW | over, letter.version)


async def rule(
    mailbox: Mailbox, extension: dict[str, Any], actor: Actor | None = HEAD, **body: Any
) -> Any:
    path = f"/v1/letter-extensions/{extension['id']}/ruling"
    body = {"ruling": "grant"} | body
    return await mailbox.send(actor, "POST", path, body, extension["version"])


async def test_the_writer_is_told_of_more_time_and_why(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    asked = await ask(mailbox, receipt["number"])
    assert asked.status_code == 201, asked.text
    assert asked.json()["state_label"] == "待审批"
    follow = await mailbox.follow(receipt["number"], receipt["query_code"])
    assert (follow.json()["due_on"], len(follow.json()["timeline"])) == ("2026-03-23", 2)
    granted = await rule(mailbox, asked.json())
    assert granted.status_code == 200, granted.text
    assert (granted.json()["due_before"], granted.json()["due_on"]) == ("2026-03-23", "2026-04-07")
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert status["due_on"] == "2026-04-07"
    assert sum(day["counted"] for day in status["due_explanation"]) == 25
    last = status["timeline"][-1]
    assert (last["step_label"], last["due_on"], last["note"]) == (
        "延长答复期限",
        "2026-04-07",
        FOR_WRITER,
    )
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.extended"
    assert (data["before"], data["due_on"]) == ("2026-03-23", "2026-04-07")
    assert "李小龙" not in str(await mailbox.announced())


async def test_more_time_moves_what_is_said(
    mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    receipt = await mailbox.dispatched()
    clock.pass_by(days=18, hours=1)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    asked = (await ask(mailbox, receipt["number"], days=3)).json()
    assert (await rule(mailbox, asked)).status_code == 200
    clock.pass_by(days=4)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    kinds = [type_ for type_, _ in await mailbox.announced()]
    assert not [type_ for type_ in kinds if "card" in type_ or type_.endswith("overdue")]
    clock.pass_by(days=3)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    assert "interaction.letter.overdue" in [type_ for type_, _ in await mailbox.announced()]


async def test_a_refusal_changes_nothing_and_needs_a_reason(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    asked = (await ask(mailbox, receipt["number"])).json()
    assert (await rule(mailbox, asked, ruling="refuse")).status_code == 422
    refused = await rule(mailbox, asked, ruling="refuse", reason="可按期办结")
    assert (refused.json()["state"], refused.json()["ruling_reason"]) == ("refused", "可按期办结")
    assert (await rule(mailbox, refused.json())).json()["type"] == "/problems/already-ruled"
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["due_on"], len(status["timeline"])) == ("2026-03-23", 2)
    assert (await ask(mailbox, receipt["number"])).status_code == 201


async def test_an_extension_is_asked_for_as_often_as_the_terms_allow(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    asked = (await ask(mailbox, receipt["number"])).json()
    twice = await ask(mailbox, receipt["number"])
    assert twice.json()["type"] == "/problems/extension-already-asked"
    await rule(mailbox, asked)
    more = await ask(mailbox, receipt["number"])
    assert (more.status_code, more.json()["type"]) == (409, "/problems/no-more-extensions")


async def test_no_more_days_are_given_than_the_terms_allow(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    found = (await ask(mailbox, receipt["number"], days=16)).json()["faults"]
    assert [(fault["pointer"], fault["code"]) for fault in found] == [
        ("/days", "too_many"),
        ("/days", "too_long"),
    ]


async def test_lateness_is_not_extended_away(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.dispatched()
    other = await mailbox.dispatched()
    clock.pass_by(days=21, hours=14)  # 23:00 on the last day
    asked = await ask(mailbox, receipt["number"])
    assert asked.status_code == 201
    clock.pass_by(hours=1)
    late = await ask(mailbox, other["number"])
    assert late.json()["type"] == "/problems/too-late-to-extend"
    granted = await rule(mailbox, asked.json())
    assert granted.json()["type"] == "/problems/too-late-to-extend"
    assert (await rule(mailbox, asked.json(), ruling="refuse", reason="已过期")).status_code == 200


async def test_what_is_answered_or_nobodys_yet_is_not_extended(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    assert (await ask(mailbox, receipt["number"], DISPATCHER)).status_code == 409
    answered = await mailbox.answered()
    refused = await ask(mailbox, answered["number"])
    assert refused.json()["type"] == "/problems/no-answer-owed"


async def test_nobody_grants_an_extension_of_their_own(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    asked = (await ask(mailbox, receipt["number"], BOTH)).json()
    assert (await rule(mailbox, asked, BOTH)).json()["type"] == "/problems/own-extension"


@pytest.mark.parametrize(
    ("actor", "status"), [(None, 401), (STRANGER, 404), (person(name="nobody"), 404)]
)
async def test_nobody_else_learns_of_extensions(
    mailbox: Mailbox, actor: Actor | None, status: int
) -> None:
    receipt = await mailbox.dispatched()
    assert (await ask(mailbox, receipt["number"], actor)).status_code == status
    asked = (await ask(mailbox, receipt["number"])).json()
    assert (await rule(mailbox, asked, actor)).status_code == status
    listed = await mailbox.send(actor, "GET", "/v1/letter-extensions")
    assert listed.status_code == 401 if actor is None else listed.json()["items"] == []


async def test_the_unit_asks_and_the_sponsor_decides(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    for actor in (DISPATCHER, HEAD):
        assert (await ask(mailbox, receipt["number"], actor)).status_code == 403
    asked = (await ask(mailbox, receipt["number"])).json()
    for actor in (UNIT_HEAD, DISPATCHER):
        assert (await rule(mailbox, asked, actor)).status_code == 403
    sponsor = person(Permission.REVIEW_ANSWER, at=OFFICE, name="sponsor")
    assert (await rule(mailbox, asked, sponsor)).status_code == 200


async def test_a_page_of_extensions_costs_one_query(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    for _ in range(2):
        await ask(mailbox, (await mailbox.dispatched())["number"])
    with count_queries(1):
        listed = await mailbox.send(HEAD, "GET", "/v1/letter-extensions?state=asked")
    assert [each["reason"] for each in listed.json()["items"]] == [REASON] * 2


async def test_no_table_holds_the_words_of_an_extension_in_the_clear(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    letter = await mailbox.row((await mailbox.dispatched())["number"])
    headers = people.bearer(CLERK, mailbox.clock.now) | {
        "If-Match": f'"{letter.version}"',
        "Idempotency-Key": "0123456789abcdef0123",
    }
    path = f"/v1/letters/{letter.id}/extensions"
    first, again = [
        (await mailbox.client.post(path, json=NEW, headers=headers)).json() for _ in range(2)
    ]
    assert (first["reason"], again.get("reason"), again["id"]) == (REASON, None, first["id"])
    async with sessions() as session:
        for table in ("letter_extensions", "idempotency_keys", "letter_steps", "outbox"):
            rows = await session.scalars(text(f"SELECT t::text FROM {table} AS t"))  # noqa: S608
            kept = " ".join(rows)
            body = REASON.encode().hex()
            assert not [word for word in (REASON, FOR_WRITER, body) if word in kept], table
