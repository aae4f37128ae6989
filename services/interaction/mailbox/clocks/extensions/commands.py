"""Asking for more time, and deciding about it."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.clocks.deadlines import (
    ANSWERS,
    Happened,
    Happening,
    Place,
    deadline,
)
from services.interaction.mailbox.clocks.extensions import queries
from services.interaction.mailbox.clocks.extensions.extension import (
    NoAnswerOwed,
    faults,
    may_ask,
    ruled,
)
from services.interaction.mailbox.clocks.extensions.models import Extension
from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.terms.policy import policies
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter, Step
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.letter_extensions import (
    ExtensionAsked,
    ExtensionDecision,
    ExtensionRefused,
    ExtensionState,
    LetterExtended,
    LetterExtension,
    NewExtension,
)
from shared.contracts.letters import LetterStep
from shared.problem import Invalid
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def ask(
    uow: UnitOfWork,
    letter_id: UUID,
    new: NewExtension,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> LetterExtension:
    """Ask for more working days for the answer that is owed; the sponsor decides."""
    letter = await letters.locked(uow, letter_id, version)
    unit = letter.organization
    if unit is None:
        raise NoAnswerOwed(state=letter.state)
    uow.actor.require(Permission.ANSWER, unit)
    clock = await _owed(uow, letter)
    await _check(uow, clock, new.days)
    key = letters.key_of(letter, keyring)
    extension = Extension(
        letter=letter,
        clock_id=clock.id,
        site_code=letter.site_code,
        organization=unit,
        step=clock.step,
        days=new.days,
        sealed_reason=key.close(chance(NONCE_BYTES), new.reason, "note"),
        sealed_for_writer=key.close(chance(NONCE_BYTES), new.for_writer, "note"),
        asked_by=uow.actor.id,
        asked_at=uow.now,
        due_before=clock.due_on,
    )
    uow.session.add(extension)
    await uow.session.flush()
    uow.announce(
        ExtensionAsked(
            extension_id=extension.id,
            letter_id=letter.id,
            site_code=letter.site_code,
            organization=unit,
            days=new.days,
        )
    )
    return queries.view(extension, keyring)


async def rule(
    uow: UnitOfWork,
    extension_id: UUID,
    decided: ExtensionDecision,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> LetterExtension:
    """Grant an extension or refuse it; the writer is told of one that was granted, and why."""
    extension = await queries.locked(uow, extension_id, version)
    letter = extension.letter
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    clock = await _owed(uow, letter)
    if clock.id != extension.clock_id or clock.due_on is None:
        raise NoAnswerOwed
    extension.state = ruled(
        extension.state,
        decided.ruling,
        clock.due_on,
        business_date(uow.now),
        asked_by=extension.asked_by,
        by=uow.actor.id,
    )
    extension.ruled_by, extension.ruled_at = uow.actor.id, uow.now
    if decided.reason is not None:
        key = letters.key_of(letter, keyring)
        extension.sealed_ruling_reason = key.close(chance(NONCE_BYTES), decided.reason, "note")
    if extension.state is ExtensionState.GRANTED:
        await _extend(uow, letter, clock, extension)
    else:
        uow.announce(
            ExtensionRefused(
                extension_id=extension.id,
                letter_id=letter.id,
                site_code=letter.site_code,
                organization=extension.organization,
            )
        )
    await uow.session.flush()
    return queries.view(extension, keyring)


async def _owed(uow: UnitOfWork, letter: Letter) -> LetterClock:
    """Return the clock of the answer that is owed now, or refuse."""
    for clock in await clocks.of_letter(uow, letter):
        if clock.step in ANSWERS and clock.open and clock.due_on is not None:
            return clock
    raise NoAnswerOwed(state=letter.state)


async def _check(uow: UnitOfWork, clock: LetterClock, days: int) -> None:
    terms = clock.terms.figures.extension
    counts = await queries.counts(uow.session, clock.id)
    if clock.due_on is not None:
        may_ask(
            terms,
            clock.due_on,
            business_date(uow.now),
            waiting=counts.get(ExtensionState.ASKED, 0),
            granted=counts.get(ExtensionState.GRANTED, 0),
        )
    so_far = (clock.days or 0) + clock.extended
    if found := list(faults(terms, days, so_far, policies().red_line.days)):
        raise Invalid(found)


async def _extend(
    uow: UnitOfWork, letter: Letter, clock: LetterClock, extension: Extension
) -> None:
    calendar = await group.calendar(uow.session)
    more = Happened(clock.step, Happening.EXTENDED, business_date(uow.now), extension.days)
    events = [*clocks.happened([clock]), more]
    owed = deadline(clock.terms.figures, letter.kind, calendar, events)
    before = letter.due_on
    clocks.move(uow, letter, clock, owed[Place(clock.step, 1)], calendar)
    extension.due_on = clock.due_on
    uow.session.add(Step.of(letter, LetterStep.EXTENDED, uow.now, extension.sealed_for_writer))
    uow.announce(
        LetterExtended(
            extension_id=extension.id,
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=extension.organization,
            days=extension.days,
            before=before,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )
