from typing import Any

from sqlalchemy import select

from services.interaction.mailbox.clocks import commands
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.letters.models import Letter
from shared.auth import system
from shared.contracts.letter_clocks import LetterClockStep
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    CLERK,
    DISPATCHER,
    HEAD,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support.people import person
from tests.support.queries import CountQueries

STEPS = ["accept", "first_reply", "answer", "next_answer", "evaluation"]


async def deadlines(mailbox: Mailbox, number: str) -> dict[str, Any]:
    letter = await mailbox.row(number)
    answer = await mailbox.send(CLERK, "GET", f"/v1/letters/{letter.id}/deadlines")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return {f"{each['step']}{each['round'] or ''}": each for each in shown["deadlines"]}


def states(shown: dict[str, Any]) -> dict[str, str]:
    return {name: each["state"] for name, each in shown.items()}


async def test_a_dispatched_letter_is_accepted_and_still_owed_an_answer(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    shown = await deadlines(mailbox, receipt["number"])
    assert states(shown) == {
        "accept1": "met",
        "first_reply1": "running",
        "answer1": "running",
        "next_answer": "not_started",
        "evaluation": "not_started",
    }
    assert shown["answer1"]["due_on"] == receipt["due_on"] == "2026-03-23"
    assert (shown["answer1"]["policy"], shown["answer1"]["days"]) == ("安徽省2015年要求", 15)
    assert shown["answer1"]["basis"].startswith("皖政办〔2015〕12号")
    assert (shown["first_reply1"]["due_on"], shown["evaluation"]["days"]) == (None, 20)


async def test_the_explanation_holds_every_day_and_both_versions(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    answer = (await deadlines(mailbox, receipt["number"]))["answer1"]
    assert sum(day["counted"] for day in answer["explanation"]) == answer["days"]
    assert [answer["explanation"][at]["date"] for at in (0, -1)] == ["2026-03-02", "2026-03-23"]
    assert answer["explanation"][0]["reason"] == "收到当日不计"
    assert len(answer["policy_version"]) == len(answer["calendar_version"]) == 12


async def test_an_answer_meets_what_was_owed_and_starts_the_evaluation(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    shown = await deadlines(mailbox, receipt["number"])
    assert states(shown) == {
        "accept1": "met",
        "first_reply1": "met",
        "answer1": "met",
        "next_answer": "not_started",
        "evaluation1": "running",
    }
    assert shown["evaluation1"]["due_on"] == "2026-03-30"


async def test_late_stays_late_once_answered(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.drafted()
    clock.pass_by(days=22)
    done = await mailbox.review(receipt["number"], "approve", "已核实")
    assert done.json()["late"] is True
    answer = (await deadlines(mailbox, receipt["number"]))["answer1"]
    assert (answer["state"], answer["met_on"]) == ("late", "2026-03-24")


async def test_transfer_changes_no_clock(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.dispatched()
    before = await deadlines(mailbox, receipt["number"])
    clock.pass_by(days=3)
    done = await mailbox.transferred(receipt["number"], "office")
    assert done.status_code == 200, done.text
    letter = await mailbox.row(receipt["number"])
    path = f"/v1/letters/{letter.id}/deadlines"
    after = (await mailbox.send(DISPATCHER, "GET", path)).json()["deadlines"]
    assert after == list(before.values())


async def test_the_writer_reads_how_the_day_was_counted(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    path = f"/v1/public/letters/{receipt['number']}/deadlines"
    told = await mailbox.client.get(path, headers={"X-Query-Code": receipt["query_code"]})
    assert told.status_code == 200, told.text
    staff = await deadlines(mailbox, receipt["number"])
    assert told.json()["deadlines"] == list(staff.values())


async def test_a_wrong_code_counts_and_an_unknown_number_looks_the_same(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    wrong = {"X-Query-Code": "AAAA-AAAA-AAAA-AAAA"}
    answers = []
    for number in (receipt["number"], "3403000006-20260302-9999-00"):
        for _ in range(3):
            path = f"/v1/public/letters/{number}/deadlines"
            answer = await mailbox.client.get(path, headers=wrong)
            answers.append((answer.status_code, {**answer.json(), "request_id": ""}))
    assert answers == [answers[0]] * 6
    assert answers[0][0] == 404


async def test_nobody_else_learns_of_a_letters_deadlines(mailbox: Mailbox) -> None:
    letter = await mailbox.row((await mailbox.dispatched())["number"])
    path = f"/v1/letters/{letter.id}/deadlines"
    assert (await mailbox.send(None, "GET", path)).status_code == 401
    for actor in (STRANGER, person(name="nobody")):
        assert (await mailbox.send(actor, "GET", path)).status_code == 404
    assert (await mailbox.send(HEAD, "GET", path)).status_code == 200


async def _held(begin: BeginAs, act: Any, number: str, *more: Any) -> None:
    async with begin(system("interaction"), "test") as uow:
        question = select(Letter).where(Letter.number == number).with_for_update()
        await act(uow, (await uow.session.scalars(question)).one(), *more)


async def test_a_letter_taken_up_again_owes_a_further_answer_from_that_day(
    mailbox: Mailbox, begin: BeginAs, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    clock.pass_by(days=7)
    await _held(begin, commands.again, receipt["number"])
    letter = await mailbox.row(receipt["number"])
    assert letter.due_on.isoformat() == "2026-03-30"
    shown = await deadlines(mailbox, receipt["number"])
    assert states(shown) | {"next_answer1": "", "evaluation1": ""} == {
        "accept1": "met",
        "first_reply1": "met",
        "answer1": "met",
        "next_answer1": "",
        "evaluation1": "",
    }
    assert (states(shown)["next_answer1"], states(shown)["evaluation1"]) == ("running", "waived")
    await _held(begin, commands.stop, receipt["number"])
    assert states(await deadlines(mailbox, receipt["number"])) == {
        "accept1": "met",
        "first_reply1": "met",
        "answer1": "met",
        "next_answer1": "met",
        "evaluation1": "waived",
        "evaluation2": "running",
    }


async def test_a_merged_letter_owes_nothing_until_it_stands_alone_again(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions
) -> None:
    receipt = await mailbox.dispatched()
    await _held(begin, commands.waive, receipt["number"])
    shown = await deadlines(mailbox, receipt["number"])
    assert [shown[name]["state"] for name in ("accept1", "answer1")] == ["met", "waived"]
    async with sessions() as session:
        assert set(await session.scalars(select(LetterClock.due_at))) == {None}
    await _held(begin, commands.resume, receipt["number"])
    again = await deadlines(mailbox, receipt["number"])
    assert (again["answer1"]["state"], again["answer1"]["due_on"]) == ("running", "2026-03-23")
    async with sessions() as session:
        assert sum(at is not None for at in await session.scalars(select(LetterClock.due_at))) == 2


async def test_what_nobody_owes_is_met_without_a_trace(mailbox: Mailbox, begin: BeginAs) -> None:
    receipt = await mailbox.dispatched()
    before = await deadlines(mailbox, receipt["number"])
    await _held(begin, commands.meet, receipt["number"], LetterClockStep.NEXT_ANSWER)
    assert await deadlines(mailbox, receipt["number"]) == before


async def test_deadlines_cost_two_queries(mailbox: Mailbox, count_queries: CountQueries) -> None:
    letter = await mailbox.row((await mailbox.answered())["number"])
    with count_queries(2):
        await mailbox.send(CLERK, "GET", f"/v1/letters/{letter.id}/deadlines")
