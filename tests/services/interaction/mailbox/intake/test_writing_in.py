from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.interaction.admission.gate import Place
from services.interaction.citizens.number import numbered
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.intake import commands
from services.interaction.mailbox.letters.models import Letter
from shared.auth import ANYONE
from shared.contracts.writing import NewLetter
from shared.db import Sessions
from shared.idempotency import Answered
from shared.problem import Invalid
from shared.uow import BeginAs
from tests.services.interaction.conftest import DISPATCHER, LETTER, SITE, Clock, Mailbox
from tests.support.queries import CountQueries

NEAR = Place(b"near")


def no_chance(length: int) -> bytes:
    return bytes(length)


async def test_receiving_announces_it_and_tells_the_code_to_the_writer_alone(
    begin: BeginAs, mailbox: Mailbox, keyring: Keyring
) -> None:
    async with begin(ANYONE, "r") as uow:
        receipt = await commands.receive(uow, NewLetter(**LETTER), keyring, no_chance, NEAR)
    letter = await mailbox.row(receipt.number)
    assert await mailbox.announced() == [
        (
            "interaction.letter.received",
            {
                "letter_id": str(letter.id),
                "number": "3403000006-20260302-0001-17",
                "kind": "complaint",
                "channel": "web",
                "site_code": SITE,
                "received_on": "2026-03-02",
                "due_on": "2026-03-23",
                "due_provisional": False,
            },
        )
    ]
    assert receipt.query_code == "0000-0000-0000-0000"
    assert letter.code_digest == WritingKey(bytes(32), letter.number).code_digest("0" * 16)


async def test_a_refused_letter_leaves_nothing(
    begin: BeginAs, mailbox: Mailbox, keyring: Keyring, sessions: Sessions
) -> None:
    new = NewLetter(**LETTER | {"site_code": "9999999999"})
    with pytest.raises(Invalid):
        async with begin(ANYONE, "r") as uow:
            await commands.receive(uow, new, keyring, no_chance, NEAR)
    async with sessions() as session:
        assert (await session.scalars(select(Letter))).all() == []
    assert await mailbox.announced() == []


async def test_a_writer_gets_number_code_and_due_date(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    code = receipt.pop("query_code")
    assert receipt == {
        "number": "3403000006-20260302-0001-17",
        "received_on": "2026-03-02",
        "due_on": "2026-03-23",
        "due_provisional": False,
    }
    assert len(code.replace("-", "")) == 16


async def test_serials_count_up_for_each_site_and_day(mailbox: Mailbox, clock: Clock) -> None:
    numbers = [(await mailbox.write())["number"] for _ in range(2)]
    numbers.append((await mailbox.write(site_code="3403210001"))["number"])
    clock.pass_by(days=1)
    numbers.append((await mailbox.write())["number"])
    assert numbers == [
        numbered(SITE, date(2026, 3, 2), 1),
        numbered(SITE, date(2026, 3, 2), 2),
        numbered("3403210001", date(2026, 3, 2), 1),
        numbered(SITE, date(2026, 3, 3), 1),
    ]


async def test_a_letter_at_the_end_of_the_known_calendar_is_due_provisionally(
    mailbox: Mailbox, clock: Clock
) -> None:
    clock.pass_by(days=293)  # 2026-12-20, a Sunday
    receipt = await mailbox.write()
    assert receipt["due_provisional"] is True


async def test_suggestions_are_due_in_seven_working_days(mailbox: Mailbox) -> None:
    assert (await mailbox.write(kind="suggestion"))["due_on"] == "2026-03-11"


@pytest.mark.parametrize(
    ("over", "pointers"),
    [
        ({"site_code": "9999999999"}, ["/site_code"]),
        ({"addressee": "nobody"}, ["/addressee"]),
        ({"addressee": "340400"}, ["/addressee"]),
        ({"writer": {"name": "李小龙"}}, ["/writer"]),
        ({"addressee": "nobody", "writer": {"name": "李"}}, ["/addressee", "/writer"]),
        ({"kind": "spam", "title": ""}, ["/kind", "/title"]),
        ({"text": "a\x00b"}, ["/text"]),
        ({"text": "字" * 5001}, ["/text"]),
        ({"title": "两\n行"}, ["/title"]),
        ({"writer": {"name": "李", "phone": "请打办公室"}}, ["/writer/phone"]),
        ({"writer": {"name": "李", "email": "a@b\n.cn"}}, ["/writer/email"]),
        ({"writer": {"name": "李", "phone": "13855201234", "age": 3}}, ["/writer/age"]),
    ],
)
async def test_everything_wrong_with_a_letter_is_named(
    mailbox: Mailbox, over: dict[str, Any], pointers: list[str]
) -> None:
    answer = await mailbox.client.post("/v1/public/letters", json={**LETTER, **over})
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/invalid"
    assert sorted(fault["pointer"] for fault in answer.json()["faults"]) == pointers


async def test_a_unit_of_the_sites_own_government_may_be_addressed(mailbox: Mailbox) -> None:
    receipt = await mailbox.write(addressee="roads")
    assert (await mailbox.row(receipt["number"])).addressee == "roads"


async def test_a_letter_sent_twice_is_one_letter_with_one_code(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    headers = {"Idempotency-Key": "once"}
    answers = [
        await mailbox.client.post("/v1/public/letters", json=LETTER, headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    async with sessions() as session:
        kept = (await session.scalars(select(Answered))).one()
    assert answers[0].json()["query_code"].encode() not in kept.body
    assert len(await mailbox.announced()) == 1


async def test_a_status_tells_state_timeline_and_how_the_due_date_was_counted(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.write()
    clock.pass_by(hours=1)
    await mailbox.act(
        DISPATCHER,
        receipt["number"],
        "dispatch",
        organization="roads",
    )
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["state"], status["state_label"]) == ("dispatched", "办理中")
    assert [(entry["step_label"], entry["organization"]) for entry in status["timeline"]] == [
        ("收到来信", None),
        ("转交办理", "市城市管理局"),
    ]
    assert status["due_on"] == "2026-03-23"
    assert len([day for day in status["due_explanation"] if day["counted"]]) == 15
    assert status["due_explanation"][0]["reason"] == "收到当日不计"
    assert (status["answer"], status["answering_unit"]) == (None, None)


async def test_a_code_opens_however_it_is_typed(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    typed = receipt["query_code"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await mailbox.follow(receipt["number"], typed)).status_code == 200


async def test_an_unknown_number_and_a_wrong_code_are_answered_alike(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    receipt = await mailbox.write()
    unknown = numbered(SITE, date(2026, 3, 2), 77)
    bodies = []
    for number in (receipt["number"], unknown):
        with count_queries(3):  # wrong codes so far, the digest, one more wrong code
            answer = await mailbox.follow(number, "AAAA-AAAA-AAAA-AAAA")
        body = answer.json()
        del body["request_id"]
        bodies.append((answer.status_code, {**answer.headers, "x-request-id": ""}, body))
    assert bodies[0] == bodies[1]
    assert bodies[0][0] == 404


async def test_another_letters_code_is_a_wrong_code(mailbox: Mailbox) -> None:
    one, other = await mailbox.write(), await mailbox.write()
    assert (await mailbox.follow(one["number"], other["query_code"])).status_code == 404


async def test_ten_wrong_codes_close_any_number_alike_and_only_for_a_while(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.write()
    unknown = numbered(SITE, date(2026, 3, 2), 77)
    for number in (receipt["number"], unknown):
        for _ in range(10):
            assert (await mailbox.follow(number, "AAAA")).status_code == 404
        clock.pass_by(minutes=5)
        for code in ("AAAA", receipt["query_code"]):
            closed = await mailbox.follow(number, code)
            assert closed.status_code == 429
            assert closed.headers["Retry-After"] == "600"
            assert closed.json()["type"] == "/problems/too-many-wrong-codes"
    clock.pass_by(minutes=10)
    assert (await mailbox.follow(receipt["number"], receipt["query_code"])).status_code == 200
    assert (await mailbox.follow(unknown, receipt["query_code"])).status_code == 404


async def test_old_wrong_codes_do_not_count(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.write()
    for minutes in (0, 16):
        clock.pass_by(minutes=minutes)
        for _ in range(9):
            await mailbox.follow(receipt["number"], "AAAA")
    assert (await mailbox.follow(receipt["number"], receipt["query_code"])).status_code == 200


async def test_one_numbers_wrong_codes_leave_the_others_open(mailbox: Mailbox) -> None:
    one, other = await mailbox.write(), await mailbox.write()
    for _ in range(11):
        await mailbox.follow(one["number"], "AAAA")
    assert (await mailbox.follow(other["number"], other["query_code"])).status_code == 200


@pytest.mark.parametrize("number", ["%00", "a%00b", "x" * 41, "蚌埠", "a'b", "%ff"])
async def test_odd_numbers_are_refused(mailbox: Mailbox, number: str) -> None:
    assert (await mailbox.follow(number, "AAAA")).status_code == 422


async def test_a_status_needs_a_code(mailbox: Mailbox) -> None:
    assert (await mailbox.client.get("/v1/public/letters/3403")).status_code == 422
