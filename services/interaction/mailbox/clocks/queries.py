"""Questions about clocks."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.mailbox.clocks.deadlines import STATES
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.terms.models import SiteTerms
from services.interaction.mailbox.clocks.terms.policy import STEPS
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor
from shared.contracts.letter_clocks import (
    LetterClockState,
    LetterClockStep,
    LetterDeadline,
    LetterDeadlines,
)
from shared.contracts.letters import LetterKind, LetterState
from shared.problem import NotFound

ORDER = list(LetterClockStep)


async def deadlines(
    session: AsyncSession, actor: Actor, letter_id: UUID, today: date
) -> LetterDeadlines:
    """Return every step of a letter within the actor's authority by its clock, or refuse."""
    question = select(Letter).where(Letter.id == letter_id, letters.visible_to(actor))
    letter = await session.scalar(question)
    if letter is None:
        raise NotFound
    return await _deadlines(session, letter, today)


async def deadlines_of(session: AsyncSession, number: str, today: date) -> LetterDeadlines:
    """Return every step of the letter with this number, which somebody has shown the code of."""
    question = select(Letter).where(Letter.number == number)
    return await _deadlines(session, (await session.scalars(question)).one(), today)


async def _deadlines(session: AsyncSession, letter: Letter, today: date) -> LetterDeadlines:
    question = (
        select(LetterClock)
        .where(LetterClock.letter_id == letter.id)
        .options(joinedload(LetterClock.terms))
    )
    clocks = (await session.scalars(question)).all()
    shown = [_shown(clock, letter.kind, today) for clock in clocks]
    shown += _not_started(letter.kind, clocks)
    shown.sort(key=lambda each: (ORDER.index(each.step), each.round))
    return LetterDeadlines(number=letter.number, deadlines=shown)


def _shown(clock: LetterClock, kind: LetterKind, today: date) -> LetterDeadline:
    state = clock.state(today)
    limit = clock.terms.figures.limit(clock.step, kind)
    return LetterDeadline(
        step=clock.step,
        step_label=STEPS[clock.step],
        round=clock.round,
        state=state,
        state_label=STATES[state],
        since=clock.since,
        days=None if clock.days is None else clock.days + clock.extended,
        extended=clock.extended,
        due_on=clock.due_on,
        provisional=clock.provisional,
        met_on=clock.met_on,
        policy=clock.terms.figures.label,
        policy_version=clock.terms.digest,
        basis=limit and limit.basis,
        calendar_version=clock.calendar_version,
        explanation=clock.explanation,
    )


def _not_started(kind: LetterKind, clocks: Sequence[LetterClock]) -> list[LetterDeadline]:
    if not clocks:
        return []
    site_terms: SiteTerms = clocks[0].terms
    terms, started = site_terms.figures, {clock.step for clock in clocks}
    return [
        LetterDeadline(
            step=step,
            step_label=STEPS[step],
            round=0,
            state=LetterClockState.NOT_STARTED,
            state_label=STATES[LetterClockState.NOT_STARTED],
            days=limit.days if (limit := terms.limit(step, kind)) else None,
            policy=terms.label,
            policy_version=site_terms.digest,
            basis=limit and limit.basis,
        )
        for step in LetterClockStep
        if step not in started
    ]


async def passed(
    session: AsyncSession, step: LetterClockStep, state: LetterState, today: date, most: int
) -> Sequence[UUID]:
    """Return letters in a state that still owe a step whose last day is over, the oldest first."""
    question = (
        select(LetterClock.letter_id)
        .join(Letter, Letter.id == LetterClock.letter_id)
        .where(
            LetterClock.step == step,
            LetterClock.met_on.is_(None),
            LetterClock.waived_on.is_(None),
            LetterClock.due_on < today,
            Letter.state == state,
            Letter.erased_on.is_(None),
        )
        .order_by(LetterClock.due_on)
        .limit(most)
    )
    return (await session.scalars(question)).all()
