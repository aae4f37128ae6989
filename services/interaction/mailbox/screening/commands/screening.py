"""Taking a letter up, refusing it, and saying how urgent it is."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.screening import queries, refusal
from services.interaction.mailbox.screening.models import Refusal
from shared.auth import Permission
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterStep, Urgency
from shared.contracts.screening import (
    LetterAccepted,
    LetterRefused,
    LetterUrgencySet,
    NewRefusal,
)
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def accept(uow: UnitOfWork, letter_id: UUID, *, version: int) -> Letter:
    """Take a letter up, before it is known who will answer it."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    letter.state = advance(letter.state, Act.ACCEPT)
    await clocks.meet(uow, letter, LetterClockStep.ACCEPT)
    uow.session.add(Step.of(letter, LetterStep.ACCEPTED, uow.now))
    uow.announce(
        LetterAccepted(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
        )
    )
    return letter


async def refuse(
    uow: UnitOfWork,
    letter_id: UUID,
    why: NewRefusal,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Refuse a letter for a listed reason; its writer reads why, and what to do instead."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    state = advance(letter.state, Act.REFUSE)
    reason = refusal.named(why.reason)
    if await queries.leads_others(uow.session, letter.id):
        raise refusal.LeadsOthers
    letter.state = state
    await clocks.waive(uow, letter)
    key = letters.key_of(letter, keyring)
    note = key.close(chance(NONCE_BYTES), refusal.told(reason, why.words), "note")
    uow.session.add_all(
        [
            Refusal(letter_id=letter.id, reason=why.reason, by=uow.actor.id, at=uow.now),
            Step.of(letter, LetterStep.REFUSED, uow.now, note),
        ]
    )
    uow.announce(
        LetterRefused(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
            due_on=letter.due_on,
            reason=why.reason,
        )
    )
    return letter


async def set_urgency(
    uow: UnitOfWork, letter_id: UUID, urgency: Urgency, *, version: int
) -> Letter:
    """Say how soon a letter must be looked at; its due date stays."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    letter.urgency = urgency
    uow.announce(
        LetterUrgencySet(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            urgency=urgency,
        )
    )
    return letter
