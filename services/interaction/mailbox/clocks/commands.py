"""Starting and stopping clocks, and what time and the calendar do to letters still open."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.term import terms
from services.interaction.mailbox.letters.handling import OPEN
from services.interaction.mailbox.letters.models import Letter, Step
from shared.business_day import business_date, end_of
from shared.contracts.letter_clocks import LetterDueChanged, LetterOverdue
from shared.contracts.letters import LetterStep
from shared.uow import UnitOfWork
from shared.workdays import Deadline


async def count(uow: UnitOfWork, letter: Letter) -> None:
    """Say by when a letter that comes in must be answered."""
    letter.due_days = terms().answer[letter.kind].days
    calendar = await group.calendar(uow.session)
    letter.fall_due(calendar.due(letter.received_on, letter.due_days))


def start(uow: UnitOfWork, letter: Letter) -> None:
    """Let the clock of a letter that was taken in run."""
    uow.session.add(LetterClock(id=letter.id, due_at=end_of(letter.due_on)))


async def stop(uow: UnitOfWork, letter: Letter) -> None:
    """Stop the clock of a letter that is answered now, and note whether that was late."""
    letter.answered_on = business_date(uow.now)
    letter.late = letter.answered_on > letter.due_on
    clock = await uow.session.get_one(LetterClock, letter.id)
    clock.due_at = None


async def recount(uow: UnitOfWork, year: int) -> None:
    """Count the terms of open letters that touch `year` again; say so where that changes them."""
    calendar = await group.calendar(uow.session)
    touching = (
        select(Letter, LetterClock)
        .join(LetterClock, LetterClock.id == Letter.id)
        .where(
            Letter.state.in_(OPEN),
            Letter.received_on <= date(year, 12, 31),
            Letter.due_on >= date(year, 1, 1),
        )
        .order_by(Letter.id)
        .with_for_update()
    )
    for letter, clock in (await uow.session.execute(touching)).all():
        deadline = calendar.due(letter.received_on, letter.due_days)
        if (deadline.date, deadline.provisional) != (letter.due_on, letter.due_provisional):
            _move(uow, letter, clock, deadline)


async def call_overdue(uow: UnitOfWork, letter_id: UUID) -> None:
    """Say once that a letter's due date passed without an answer."""
    clock = await uow.session.get_one(LetterClock, letter_id, with_for_update=True)
    if clock.due_at is None or clock.due_at > uow.now:
        return  # answered, or given more time, since the clock was read
    clock.due_at = None
    letter = await uow.session.get_one(Letter, letter_id)
    uow.announce(
        LetterOverdue(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
            organization=letter.organization,
            due_on=letter.due_on,
        )
    )


def _move(uow: UnitOfWork, letter: Letter, clock: LetterClock, deadline: Deadline) -> None:
    before = letter.due_on
    letter.fall_due(deadline)
    if clock.due_at is not None:
        clock.due_at = end_of(deadline.date)
    uow.session.add(Step.of(letter, LetterStep.DUE_CHANGED, uow.now))
    uow.announce(
        LetterDueChanged(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            before=before,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
            calendar_version=letter.calendar_version,
        )
    )
