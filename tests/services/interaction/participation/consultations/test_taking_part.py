from typing import Any

import pytest
from sqlalchemy import select

from services.interaction.participation.consultations.models import Opinion
from shared.db import Sessions
from shared.idempotency import Answered
from tests.services.interaction.participation.conftest import CLERK, EDITOR
from tests.services.interaction.participation.consultations.conftest import OPINION, Hall
from tests.support.queries import CountQueries

PERSONAL = ("李小龙", "13855201234", "lixiaolong")


async def test_an_opinion_is_sealed_and_its_event_tells_nobody_who_gave_it(
    hall: Hall, sessions: Sessions
) -> None:
    held = await hall.opened()
    receipt = await hall.give(held)
    assert receipt["received_on"] == "2026-03-02"
    assert receipt["number"].startswith("3403000006-20260302-y")
    kind, told = (await hall.announced())[-1]
    assert kind == "interaction.opinion.received"
    assert told["number"] == receipt["number"]
    async with sessions() as session:
        row = (await session.scalars(select(Opinion))).one()
    kept = repr({name: value for name, value in vars(row).items() if name != "_sa_instance_state"})
    for words in (str(await hall.announced()), kept):
        assert not [word for word in (*PERSONAL, "建议") if word in words]
    assert row.shown is None


async def test_who_one_is_need_not_be_said(hall: Hall) -> None:
    held = await hall.opened()
    await hall.done(
        None, "POST", f"/public/consultations/{held['id']}/opinions", {"text": "同意。"}
    )


async def test_the_participant_follows_an_opinion_to_what_became_of_it(hall: Hall) -> None:
    held = await hall.opened()
    receipt = await hall.give(held)
    status = await hall.status(receipt)
    assert (status["state"], status["state_label"]) == ("held", "待审核")
    assert (status["title"], status["paragraph"], status["answer"]) == (held["title"], 2, None)
    opinion = await hall.moderate(await hall.found(held, receipt))
    assert (await hall.answer(held, opinion)).status_code == 201
    assert (await hall.status(receipt))["answer"] is None, "not before the report is public"
    await hall.end()
    await hall.reported(held)
    assert (await hall.publish(held)).status_code == 200
    assert (await hall.status(receipt))["answer"] == {
        "decision": "partly",
        "decision_label": "部分采纳",
        "reason": "县城另行规定。",
    }


async def test_one_declined_tells_its_participant_alone_why(hall: Hall) -> None:
    held = await hall.opened()
    receipt = await hall.give(held)
    await hall.moderate(await hall.found(held, receipt), "decline", reason="含有广告内容")
    status = await hall.status(receipt)
    assert (status["state_label"], status["reason"]) == ("未予公开", "含有广告内容")
    assert (await hall.public(held, "/opinions"))["items"] == []
    assert "广告内容" not in str(await hall.announced())


async def test_a_wrong_code_and_an_unknown_number_are_answered_alike_until_locked(
    hall: Hall, count_queries: CountQueries
) -> None:
    held = await hall.opened()
    receipt = await hall.give(held)
    answers = []
    for number in (receipt["number"], "3403000006-20260302-y00000000-00"):
        with count_queries(3):
            path = f"/public/opinions/{number}"
            answers.append(await hall.send(None, "GET", path, X_Query_Code="AAAA"))
    first, second = (answer.json() | {"request_id": ""} for answer in answers)
    assert first == second
    assert first["type"] == "/problems/no-such-opinion"
    path = f"/public/opinions/{receipt['number']}"
    for _ in range(9):
        await hall.send(None, "GET", path, X_Query_Code="AAAA")
    locked = await hall.send(None, "GET", path, X_Query_Code=receipt["query_code"])
    assert (locked.status_code, "Retry-After" in locked.headers) == (429, True)


async def test_the_same_request_is_taken_in_once_and_its_code_is_kept_sealed(
    hall: Hall, sessions: Sessions
) -> None:
    held = await hall.opened()
    path = f"/public/consultations/{held['id']}/opinions"
    first, again = [
        await hall.send(None, "POST", path, OPINION, Idempotency_Key="once") for _ in range(2)
    ]
    assert first.json() == again.json()
    async with sessions() as session:
        (kept,) = await session.scalars(select(Answered.body))
    assert first.json()["query_code"].encode() not in kept
    listed = await hall.done(CLERK, "GET", f"/consultations/{held['id']}/opinions")
    assert len(listed["items"]) == 1


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"paragraph": 3}, "/paragraph"),
        ({"paragraph": 0}, "/paragraph"),
        ({"text": ""}, "/text"),
        ({"text": "字" * 5001}, "/text"),
        ({"phone": "请打办公室"}, "/phone"),
        ({"state": "approved"}, "/state"),
    ],
)
async def test_what_is_wrong_with_an_opinion_is_named(
    hall: Hall, over: dict[str, Any], pointer: str
) -> None:
    held = await hall.opened()
    path = f"/public/consultations/{held['id']}/opinions"
    refused = await hall.send(None, "POST", path, {**OPINION, **over})
    assert [fault["pointer"] for fault in refused.json()["faults"]] == [pointer]


async def test_opinions_come_only_while_it_is_open_whether_or_not_the_clock_was_read(
    hall: Hall,
) -> None:
    prepared = await hall.prepared(opens_on="2026-03-03", closes_on="2026-04-02")
    path = f"/public/consultations/{prepared['id']}/opinions"
    assert (await hall.send(None, "POST", path, OPINION)).status_code == 404
    held = await hall.opened(opens_on="2026-03-03", closes_on="2026-04-02")
    path = f"/public/consultations/{held['id']}/opinions"
    early = await hall.send(None, "POST", path, OPINION)
    hall.clock.pass_by(days=1)
    assert (await hall.send(None, "POST", path, OPINION)).status_code == 201
    hall.clock.pass_by(days=31)  # the day after the last, before the worker looked
    late = await hall.send(None, "POST", path, OPINION)
    for refused in (early, late):
        assert refused.json()["type"] == "/problems/not-taking-opinions"
    assert (await hall.send(EDITOR, "GET", f"/consultations/{held['id']}")).json()[
        "state"
    ] == "open"
