from datetime import date

from sqlalchemy import select

from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.models import LetterClock
from shared.contracts.registry import WorkdaysNoticed
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock, Mailbox, hear

NEW_YEAR = WorkdaysNoticed(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕9号",
    issued_on=date(2026, 12, 25),
    off=(date(2027, 1, 1), date(2027, 1, 4)),
    makeup=(),
)
TO_DECEMBER = 293  # days from 2026-03-02 to 2026-12-20


async def test_a_notice_moves_provisional_due_dates_and_says_so(
    mailbox: Mailbox, begin: BeginAs, clock: Clock
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    receipt = await mailbox.dispatched()
    assert (receipt["due_on"], receipt["due_provisional"]) == ("2027-01-08", True)
    clock.pass_by(days=5)
    await hear(begin, NEW_YEAR)
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.due_changed"
    assert (data["before"], data["due_on"]) == ("2027-01-08", "2027-01-12")
    assert data["due_provisional"] is False
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["due_on"], status["due_provisional"]) == ("2027-01-12", False)
    assert status["due_explanation"][-1]["date"] == "2027-01-12"
    assert (status["timeline"][-1]["step_label"], status["timeline"][-1]["due_on"]) == (
        "答复期限调整",
        "2027-01-12",
    )


async def test_a_notice_leaves_answered_and_other_years_letters_alone(
    mailbox: Mailbox, begin: BeginAs, clock: Clock
) -> None:
    await mailbox.write()
    clock.pass_by(days=TO_DECEMBER)
    await mailbox.answered()
    before = await mailbox.announced()
    await hear(begin, NEW_YEAR)
    assert await mailbox.announced() == before


async def test_a_letter_past_due_is_called_overdue_once(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    receipt = await mailbox.write()
    clock.pass_by(days=21, hours=14)  # 23:00 in Bengbu on the due date
    assert await schedule.call_overdue(sessions, begin, clock.now) == 0
    clock.pass_by(hours=1)
    for expected in (1, 0):
        assert await schedule.call_overdue(sessions, begin, clock.now) == expected
        clock.pass_by(hours=1)
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.overdue"
    assert (data["number"], data["due_on"]) == (receipt["number"], "2026-03-23")
    assert len(await mailbox.announced()) == 2


async def test_calling_a_letter_overdue_leaves_its_version(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    receipt = await mailbox.write()
    clock.pass_by(days=30)
    await schedule.call_overdue(sessions, begin, clock.now)
    assert (await mailbox.row(receipt["number"])).version == 1


async def test_an_answered_letter_is_never_overdue(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    await mailbox.answered()
    clock.pass_by(days=90)
    assert await schedule.call_overdue(sessions, begin, clock.now) == 0
    async with sessions() as session:
        assert (await session.scalars(select(LetterClock.due_at))).all() == [None]


async def test_a_moved_due_date_moves_the_clock(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    await mailbox.write()
    await hear(begin, NEW_YEAR)
    clock.pass_by(days=21)  # 2027-01-10, after the date first given
    assert await schedule.call_overdue(sessions, begin, clock.now) == 0
    clock.pass_by(days=3)
    assert await schedule.call_overdue(sessions, begin, clock.now) == 1
