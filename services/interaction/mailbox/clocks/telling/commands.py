"""Saying of a clock what is due to be said: alarms, reminders and cards, each once."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.clocks.cards import commands as cards
from services.interaction.mailbox.clocks.deadlines import ANSWERS
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.sayings import Said, Saying, due, next_at, passed
from services.interaction.mailbox.clocks.telling.watch import Watch, called
from services.interaction.mailbox.letters.models import Letter
from shared.contracts.letter_cards import CardColour
from shared.contracts.letter_clocks import (
    LetterAlarmed,
    LetterAlarmLevel,
    LetterDueSoon,
    LetterOverdue,
)
from shared.uow import UnitOfWork

WhoIsOnDuty = Callable[[AsyncSession, str, datetime], Awaitable[Watch]]


async def tell(uow: UnitOfWork, clock_id: UUID, who_is_on_duty: WhoIsOnDuty) -> None:
    """Say what is to be said of a clock by now, and note when the next thing is."""
    question = (
        select(LetterClock)
        .where(LetterClock.id == clock_id)
        .options(joinedload(LetterClock.letter), joinedload(LetterClock.terms))
        .with_for_update(of=LetterClock)
    )
    clock = (await uow.session.scalars(question)).one()
    if clock.due_at is None or clock.due_at > uow.now:
        return  # met, or given more time, since the clock was read
    plan = clocks.plan(clock, await group.calendar(uow.session))
    for saying in due(plan, clock.said, uow.now):
        await _say(uow, clock, saying, who_is_on_duty)
    clock.said = passed(plan, clock.said, uow.now)
    clock.due_at = next_at(plan, clock.said)
    clock.leased_until = None


async def _say(
    uow: UnitOfWork, clock: LetterClock, saying: Saying, who_is_on_duty: WhoIsOnDuty
) -> None:
    match saying.what:
        case Said.WARNING:
            _warn(uow, clock, saying.number)
        case Said.DUTY | Said.LEADER:
            level = LetterAlarmLevel(saying.what.value)
            people = await _people(uow, clock.letter, level, who_is_on_duty)
            _alarm(uow, clock, level, saying.number, people)
        case Said.YELLOW | Said.RED:
            await _late(uow, clock, CardColour(saying.what.value))


def _warn(uow: UnitOfWork, clock: LetterClock, days_left: int) -> None:
    letter = clock.letter
    if clock.due_on is None:
        return
    uow.announce(
        LetterDueSoon(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=letter.organization or letter.sponsoring,
            step=clock.step,
            due_on=clock.due_on,
            days_left=days_left,
        )
    )


async def _people(
    uow: UnitOfWork, letter: Letter, level: LetterAlarmLevel, who_is_on_duty: WhoIsOnDuty
) -> list[UUID]:
    """Return whom to call: at the unit in charge, or at the sponsor if nobody is known there."""
    for unit in (letter.organization, letter.sponsoring):
        if unit is not None:
            people = called(await who_is_on_duty(uow.session, unit, uow.now), level)
            if people:
                return people
    return []


def _alarm(
    uow: UnitOfWork, clock: LetterClock, level: LetterAlarmLevel, hours: int, people: list[UUID]
) -> None:
    letter = clock.letter
    uow.announce(
        LetterAlarmed(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=letter.organization or letter.sponsoring,
            step=clock.step,
            level=level,
            hours=hours,
            people=people,
        )
    )


async def _late(uow: UnitOfWork, clock: LetterClock, colour: CardColour) -> None:
    letter = clock.letter
    if clock.due_on is None:
        return
    if colour is CardColour.YELLOW and clock.step in ANSWERS:
        uow.announce(
            LetterOverdue(
                letter_id=letter.id,
                number=letter.number,
                kind=letter.kind,
                site_code=letter.site_code,
                organization=letter.organization,
                due_on=clock.due_on,
            )
        )
    await cards.give(uow, letter, clock.id, clock.step, clock.due_on, colour)
