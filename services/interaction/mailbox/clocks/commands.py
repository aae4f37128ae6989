"""Counting, starting and stopping the clocks of letters; other rooms call these."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import sayings
from services.interaction.mailbox.clocks.deadlines import (
    ANSWERS,
    AT_RECEIPT,
    Happened,
    Happening,
    Owed,
    Place,
    deadline,
)
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.terms import commands as terms
from services.interaction.mailbox.clocks.terms.models import SiteTerms
from services.interaction.mailbox.clocks.terms.policy import Terms, policies
from services.interaction.mailbox.letters.models import Letter
from shared.business_day import business_date
from shared.contracts.letter_clocks import LetterClockStep
from shared.ids import new_id
from shared.uow import UnitOfWork
from shared.workdays import Calendar


async def count(uow: UnitOfWork, letter: Letter) -> Sequence[LetterClock]:
    """Say by when each step of a letter that comes in is owed, by its site's terms of now.

    The letter need not be written yet; its clocks are, once they start.
    """
    site_terms = await terms.in_force(uow, letter.site_code)
    calendar = await group.calendar(uow.session)
    figures = site_terms.figures
    begun = [Happened(step, Happening.STARTED, letter.received_on) for step in AT_RECEIPT]
    owed = deadline(figures, letter.kind, calendar, begun)
    answer = owed[Place(LetterClockStep.ANSWER, 1)]
    if answer.days and answer.deadline:
        letter.due_days = answer.days
        letter.fall_due(answer.deadline)
    return [
        _running(letter, site_terms, place, each, uow.now, calendar)
        for place, each in owed.items()
    ]


def start(uow: UnitOfWork, clocks: Iterable[LetterClock]) -> None:
    """Let the clocks run that were counted for a letter, which is written by now."""
    uow.session.add_all(clocks)


async def resume(uow: UnitOfWork, letter: Letter) -> None:
    """Let waived clocks run on, as those of a letter that stands alone again; no day is given."""
    calendar = await group.calendar(uow.session)
    for clock in await of_letter(uow, letter):
        if clock.waived_on is not None and clock.met_on is None:
            clock.waived_on = None
            clock.due_at = sayings.next_at(plan(clock, calendar), clock.said)


async def meet(uow: UnitOfWork, letter: Letter, step: LetterClockStep) -> None:
    """Note that what was owed has come; nothing changes if it is not owed."""
    _meet(uow.now, await of_letter(uow, letter), {step})


async def stop(uow: UnitOfWork, letter: Letter) -> None:
    """Stop the clocks of a letter that is answered now, and note whether that was late."""
    letter.answered_on = business_date(uow.now)
    clocks = await of_letter(uow, letter)
    _meet(uow.now, clocks, {*AT_RECEIPT, LetterClockStep.NEXT_ANSWER})
    letter.late = bool(letter.late) or letter.answered_on > letter.due_on
    await _begin(uow, letter, clocks, LetterClockStep.EVALUATION)


async def again(uow: UnitOfWork, letter: Letter) -> None:
    """Owe a letter that is taken up again a further answer, counted from today."""
    clocks = await of_letter(uow, letter)
    _waive(uow.now, clocks, {LetterClockStep.EVALUATION})
    owed = await _begin(uow, letter, clocks, LetterClockStep.NEXT_ANSWER)
    if owed.days and owed.deadline:
        letter.due_days = owed.days
        letter.fall_due(owed.deadline)


async def waive(uow: UnitOfWork, letter: Letter) -> None:
    """Stop the clocks of a letter that is refused: nothing more is owed to it."""
    _waive(uow.now, await of_letter(uow, letter), set(LetterClockStep))


async def of_letter(uow: UnitOfWork, letter: Letter) -> Sequence[LetterClock]:
    """Return the clocks of a letter that its caller holds, for this transaction to change."""
    question = (
        select(LetterClock)
        .where(LetterClock.letter_id == letter.id)
        .options(joinedload(LetterClock.terms))
        .order_by(LetterClock.step, LetterClock.round)
        .with_for_update(of=LetterClock)
    )
    return (await uow.session.scalars(question)).all()


def happened(clocks: Iterable[LetterClock]) -> list[Happened]:
    """Return what happened to the steps of a letter, as its clocks keep it."""
    events = []
    for clock in clocks:
        events.append(Happened(clock.step, Happening.STARTED, clock.since))
        if clock.extended:
            events.append(Happened(clock.step, Happening.EXTENDED, clock.since, clock.extended))
        if clock.waived_on is not None:
            events.append(Happened(clock.step, Happening.WAIVED, clock.waived_on))
        if clock.met_on is not None:
            events.append(Happened(clock.step, Happening.MET, clock.met_on))
    return events


def plan(clock: LetterClock, calendar: Calendar) -> Sequence[sayings.Saying]:
    """Return all that is ever said of a clock if it runs on."""
    return _plan(clock, clock.terms.figures, calendar)


def move(
    uow: UnitOfWork, letter: Letter, clock: LetterClock, owed: Owed, calendar: Calendar
) -> None:
    """Let a running clock end on another day, and its letter with it if that is its answer's."""
    clock.owe(owed)
    if clock.due_at is not None or clock.said:
        todo = plan(clock, calendar)
        clock.said = sayings.counted_anew(todo, clock.said, uow.now)
        clock.due_at = sayings.next_at(todo, clock.said)
    if clock.step in ANSWERS and owed.deadline:
        letter.fall_due(owed.deadline)


def _plan(clock: LetterClock, figures: Terms, calendar: Calendar) -> Sequence[sayings.Saying]:
    known = sayings.Clock(clock.step, clock.started_at, clock.since, clock.due_on)
    return sayings.sayings(known, figures, policies().red_line, calendar)


def _meet(now: datetime, clocks: Iterable[LetterClock], steps: set[LetterClockStep]) -> None:
    for clock in clocks:
        if clock.step in steps and clock.open:
            clock.met_on, clock.due_at = business_date(now), None


def _waive(now: datetime, clocks: Iterable[LetterClock], steps: set[LetterClockStep]) -> None:
    for clock in clocks:
        if clock.step in steps and clock.open:
            clock.waived_on, clock.due_at = business_date(now), None


async def _begin(
    uow: UnitOfWork, letter: Letter, clocks: Sequence[LetterClock], step: LetterClockStep
) -> Owed:
    """Owe a step for the next time, from today and by the terms the letter was received under."""
    site_terms = clocks[0].terms
    calendar = await group.calendar(uow.session)
    place = Place(step, 1 + max((c.round for c in clocks if c.step is step), default=0))
    events = [*happened(clocks), Happened(step, Happening.STARTED, business_date(uow.now))]
    owed = deadline(site_terms.figures, letter.kind, calendar, events)[place]
    uow.session.add(_running(letter, site_terms, place, owed, uow.now, calendar))
    return owed


def _running(
    letter: Letter, by: SiteTerms, place: Place, owed: Owed, now: datetime, calendar: Calendar
) -> LetterClock:
    """Return a clock that runs from now; every field is set, however it is written."""
    clock = LetterClock(id=new_id(), letter_id=letter.id, terms_id=by.id, **place._asdict())
    clock.started_at, clock.said, clock.attempts = now, [], 0
    clock.due_on, clock.provisional, clock.explanation = None, False, []
    clock.owe(owed)
    clock.due_at = sayings.next_at(_plan(clock, by.figures, calendar), ())
    return clock
