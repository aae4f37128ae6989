"""Counting letters again by a holiday notice, some in each transaction."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.clocks.cards import commands as cards
from services.interaction.mailbox.clocks.deadlines import ANSWERS, Place, deadline
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.recounts.models import Recount
from services.interaction.mailbox.clocks.sayings import CARD_NAMES
from services.interaction.mailbox.letters.models import Letter, Step
from shared.business_day import business_date
from shared.contracts.letter_clocks import LetterClockMoved, LetterDueChanged
from shared.contracts.letters import LetterStep
from shared.ids import new_id
from shared.uow import UnitOfWork
from shared.workdays import Calendar

AT_ONCE = 200
SWEEP = timedelta(minutes=1)
"""After how long it is looked again for what was being received or changed meanwhile."""


async def begin(uow: UnitOfWork, year: int) -> None:
    """Owe the letters whose terms touch `year` another count, from the first one on."""
    row = insert(Recount).values(id=new_id(), year=year, due_at=uow.now)
    afresh = {"due_at": uow.now, "after": None, "leased_until": None}
    await uow.session.execute(row.on_conflict_do_update(index_elements=["year"], set_=afresh))


async def go_on(uow: UnitOfWork, recount_id: UUID) -> int:
    """Count the next letters again; a look from the first one that finds none is the last."""
    recount = await uow.session.get_one(Recount, recount_id, with_for_update=True)
    if recount.due_at is None or recount.due_at > uow.now:
        return 0
    calendar = await group.calendar(uow.session)
    waiting = await _waiting(uow, recount, calendar)
    recount.leased_until = None
    if not waiting:
        recount.due_at = None if recount.after is None else uow.now + SWEEP
        recount.after = None
        return 0
    recount.after = waiting[-1]
    for clock in await _free(uow, waiting):
        await _count_again(uow, clock, calendar)
    return len(waiting)


async def _waiting(uow: UnitOfWork, recount: Recount, calendar: Calendar) -> Sequence[UUID]:
    """Return the next running clocks that touch the year and go by another calendar."""
    question = (
        select(LetterClock.id)
        .where(
            LetterClock.met_on.is_(None),
            LetterClock.waived_on.is_(None),
            LetterClock.due_on.is_not(None),
            LetterClock.since <= date(recount.year, 12, 31),
            LetterClock.due_on >= date(recount.year, 1, 1),
            LetterClock.calendar_version != calendar.version,
        )
        .order_by(LetterClock.id)
        .limit(AT_ONCE)
    )
    if recount.after is not None:
        question = question.where(LetterClock.id > recount.after)
    return (await uow.session.scalars(question)).all()


async def _free(uow: UnitOfWork, waiting: Sequence[UUID]) -> Sequence[LetterClock]:
    """Return those whose letters nobody is changing; the others wait for the next look."""
    question = (
        select(LetterClock)
        .join(LetterClock.letter)
        .where(
            LetterClock.id.in_(waiting),
            LetterClock.met_on.is_(None),
            LetterClock.waived_on.is_(None),
        )
        .options(contains_eager(LetterClock.letter), joinedload(LetterClock.terms))
        .order_by(LetterClock.id)
        .with_for_update(skip_locked=True, of=[LetterClock, Letter])
    )
    return (await uow.session.scalars(question)).all()


async def _count_again(uow: UnitOfWork, clock: LetterClock, calendar: Calendar) -> None:
    letter, before = clock.letter, (clock.due_on, clock.provisional)
    owed = deadline(clock.terms.figures, letter.kind, calendar, clocks.happened([clock]))
    now = owed[Place(clock.step, 1)]  # alone, a clock is of its step's first round
    if clock.due_on is None or now.deadline is None:
        return
    earlier = clock.due_on
    ahead = now.deadline.date >= business_date(uow.now)
    if ahead and CARD_NAMES & set(clock.said):
        await cards.lift(uow, [clock.id])
        clock.said = [name for name in clock.said if name not in CARD_NAMES]
    clocks.move(uow, letter, clock, now, calendar)
    if (now.deadline.date, now.deadline.provisional) == before:
        return  # counted over other days, but nobody need be told
    _tell(uow, clock, earlier)


def _tell(uow: UnitOfWork, clock: LetterClock, before: date) -> None:
    letter = clock.letter
    if clock.due_on is None or clock.calendar_version is None:
        return
    moved = {
        "letter_id": letter.id,
        "site_code": letter.site_code,
        "before": before,
        "due_on": clock.due_on,
        "due_provisional": clock.provisional,
        "calendar_version": clock.calendar_version,
    }
    if clock.step not in ANSWERS:
        uow.announce(LetterClockMoved(**moved, step=clock.step))
        return
    uow.session.add(Step.of(letter, LetterStep.DUE_CHANGED, uow.now))
    uow.announce(LetterDueChanged(**moved, number=letter.number))
