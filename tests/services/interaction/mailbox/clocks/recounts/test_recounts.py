from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.recounts import commands, models
from services.interaction.mailbox.clocks.telling.queries import on_watch
from services.interaction.mailbox.letters.models import Letter
from shared.auth import system
from shared.contracts.registry import WorkdaysNoticed
from shared.db import Sessions
from shared.schedule import claim
from shared.uow import BeginAs
from tests.services.interaction.conftest import CLERK, Clock, Mailbox, hear

NEW_YEAR = WorkdaysNoticed(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕9号",
    issued_on=date(2026, 12, 25),
    off=(date(2027, 1, 1), date(2027, 1, 4)),
    makeup=(),
)
TO_DECEMBER = 293  # days from 2026-03-02 to 2026-12-20
Recount = Callable[[], Awaitable[None]]


@pytest.fixture
def recount(sessions: Sessions, begin: BeginAs, clock: Clock) -> Recount:
    async def until_done() -> None:
        for _ in range(2):
            while await schedule.recount(sessions, begin, clock.now):
                pass
            clock.pass_by(minutes=1)
        await schedule.recount(sessions, begin, clock.now)
        clock.pass_by(minutes=-2)
        assert not await schedule.recount(sessions, begin, clock.now)

    return until_done


async def moved(mailbox: Mailbox) -> list[tuple[str, dict[str, Any]]]:
    kinds = {"interaction.letter.due_changed", "interaction.letter.clock_moved"}
    return [(type_, data) for type_, data in await mailbox.announced() if type_ in kinds]


async def test_a_notice_moves_provisional_due_dates_and_says_so_once(
    mailbox: Mailbox, begin: BeginAs, clock: Clock, recount: Recount
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    receipt = await mailbox.dispatched()
    assert (receipt["due_on"], receipt["due_provisional"]) == ("2027-01-08", True)
    clock.pass_by(days=5)
    await hear(begin, NEW_YEAR)
    await recount()
    [(type_, data)] = await moved(mailbox)
    assert type_ == "interaction.letter.due_changed"
    assert (data["before"], data["due_on"]) == ("2027-01-08", "2027-01-12")
    assert data["due_provisional"] is False
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["due_on"], status["due_provisional"]) == ("2027-01-12", False)
    assert status["due_explanation"][-1]["date"] == "2027-01-12"
    assert [entry["step"] for entry in status["timeline"]] == [
        "received",
        "dispatched",
        "due_changed",
    ]
    assert status["timeline"][-1]["due_on"] == "2027-01-12"
    await hear(begin, NEW_YEAR)
    await recount()
    assert len(await moved(mailbox)) == 1


async def test_a_notice_leaves_answered_and_other_years_letters_alone(
    mailbox: Mailbox, begin: BeginAs, clock: Clock, recount: Recount
) -> None:
    await mailbox.write()
    clock.pass_by(days=TO_DECEMBER - 40)
    await mailbox.answered()
    before = await mailbox.announced()
    await hear(begin, NEW_YEAR)
    await recount()
    assert await mailbox.announced() == before


async def test_what_is_owed_besides_the_answer_moves_without_the_writers_timeline(
    mailbox: Mailbox, begin: BeginAs, clock: Clock, recount: Recount
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    receipt = await mailbox.answered()
    await hear(begin, NEW_YEAR)
    await recount()
    [(type_, data)] = await moved(mailbox)
    assert (type_, data["step"]) == ("interaction.letter.clock_moved", "evaluation")
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert status["timeline"][-1]["step"] == "answered"


async def test_days_counted_otherwise_to_the_same_end_are_explained_anew_in_silence(
    mailbox: Mailbox, begin: BeginAs, recount: Recount
) -> None:
    receipt = await mailbox.dispatched()
    exchanged = NEW_YEAR.model_copy(
        update={"year": 2026, "off": (date(2026, 3, 4),), "makeup": (date(2026, 3, 7),)}
    )
    await hear(begin, exchanged)
    await recount()
    assert await moved(mailbox) == []
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    reasons = {day["date"]: day["reason"] for day in status["due_explanation"]}
    assert (reasons["2026-03-04"], reasons["2026-03-07"]) == ("法定节假日", "调休上班")


async def test_a_moved_day_moves_what_is_said_of_it(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock, recount: Recount
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    await mailbox.dispatched()
    await hear(begin, NEW_YEAR)
    await recount()
    clock.pass_by(days=22, hours=-1)  # 2027-01-11, after the date first given
    await schedule.tell(sessions, begin, on_watch, clock.now)
    assert not [type_ for type_, _ in await mailbox.announced() if type_.endswith("overdue")]
    clock.pass_by(days=2)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    assert [type_ for type_, _ in await mailbox.announced() if type_.endswith("overdue")]


async def test_a_card_given_for_a_day_that_moves_ahead_is_lifted_and_may_come_again(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock, recount: Recount
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    receipt = await mailbox.dispatched()
    clock.pass_by(days=20, hours=16)  # 2027-01-09, past the provisional day
    await schedule.tell(sessions, begin, on_watch, clock.now)
    await hear(begin, NEW_YEAR)
    await recount()
    letter = await mailbox.row(receipt["number"])
    path = f"/v1/letter-cards?letter_id={letter.id}"
    cards = (await mailbox.send(CLERK, "GET", path)).json()["items"]
    assert [(card["colour"], card["state"]) for card in cards] == [("yellow", "lifted")]
    clock.pass_by(days=5)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    cards = (await mailbox.send(CLERK, "GET", path)).json()["items"]
    assert [card["state"] for card in cards] == ["given", "lifted"]


async def test_many_letters_are_counted_some_at_a_time_and_a_crash_costs_one_batch(
    mailbox: Mailbox,
    begin: BeginAs,
    sessions: Sessions,
    clock: Clock,
    recount: Recount,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 2)
    clock.pass_by(days=TO_DECEMBER)
    for _ in range(5):
        await mailbox.dispatched()
    await hear(begin, NEW_YEAR)
    assert await schedule.recount(sessions, begin, clock.now) == 2
    with pytest.raises(RuntimeError, match="power"):
        await _crash(sessions, begin, clock)
    assert await _certain(sessions) == 2
    clock.pass_by(minutes=3)  # the lease of the one that crashed runs out
    await recount()
    assert await _certain(sessions) == 5
    assert len(await moved(mailbox)) == 5


async def _crash(sessions: Sessions, begin: BeginAs, clock: Clock) -> None:
    [waiting] = await claim(sessions, models.Recount, clock.now, most=1)
    async with begin(system("interaction"), "test") as uow:
        assert await commands.go_on(uow, waiting.id) == 2
        raise RuntimeError("power")


async def _certain(sessions: Sessions) -> int:
    async with sessions() as session:
        question = select(func.count()).where(~Letter.due_provisional)
        return await session.scalar(question) or 0


async def test_a_letter_received_while_others_are_counted_is_found_by_the_last_look(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock, recount: Recount
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    await mailbox.dispatched()
    await hear(begin, NEW_YEAR)
    assert await schedule.recount(sessions, begin, clock.now) == 1
    receipt = await mailbox.dispatched()
    async with sessions.begin() as session:  # as if it had read the calendar a moment before
        question = select(LetterClock).join(LetterClock.letter)
        mine = question.where(Letter.number == receipt["number"], LetterClock.step == "answer")
        clock_of = (await session.scalars(mine)).one()
        clock_of.calendar_version, clock_of.due_on = "before", date(2027, 1, 8)
        clock_of.id = UUID(int=1)  # before whatever was counted already
    await recount()
    assert (await mailbox.row(receipt["number"])).due_on == date(2027, 1, 12)
    assert [data["before"] for _, data in await moved(mailbox)] == ["2027-01-08"] * 2
