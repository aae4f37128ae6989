"""Giving letters to those who are to answer them, and passing them on."""

from uuid import UUID

from sqlalchemy import update

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.sorting import moving, queries
from services.interaction.mailbox.sorting.commands import co_handling
from services.interaction.mailbox.sorting.line import Unit
from services.interaction.mailbox.sorting.models import Move
from shared.auth import Permission
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterState, LetterStep
from shared.contracts.sorting import (
    LetterDispatched,
    LetterGivenBack,
    LetterMoveKind,
    LetterTransferred,
    NewDispatch,
    NewGivingBack,
    NewTransfer,
)
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def dispatch(
    uow: UnitOfWork,
    letter_id: UUID,
    to: NewDispatch,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Give a letter to the unit that must answer it and to those that help; its due date stays."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    if letter.state is LetterState.DISPATCHED:
        raise moving.AlreadyDispatched
    state = advance(letter.state, Act.DISPATCH)
    unit = await queries.unit_in_line(uow.session, letter, to.organization, "/organization")
    # Those asked before it was given back or merged are not asked by this dispatch.
    await co_handling.withdraw_all(uow, letter)
    letter.state = state
    await _place(uow, letter, unit)
    await clocks.meet(uow, letter, LetterClockStep.ACCEPT)
    uow.session.add_all(
        [
            Move(
                letter_id=letter.id,
                at=uow.now,
                kind=LetterMoveKind.DISPATCHED,
                receiver=unit.path,
                receiver_name=unit.name,
                decided_for=letter.sponsoring,
                by=uow.actor.id,
            ),
            Step.of(letter, LetterStep.DISPATCHED, uow.now),
        ]
    )
    uow.announce(
        LetterDispatched(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=unit.path,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )
    key = letters.key_of(letter, keyring)
    await co_handling.ask_all(uow, letter, to.co_handlers, key, chance)
    return letter


async def transfer(
    uow: UnitOfWork,
    letter_id: UUID,
    to: NewTransfer,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Let a letter go on to another unit; who decided that and why is kept."""
    letter = await letters.locked(uow, letter_id, version)
    if letter.state is not LetterState.DISPATCHED or letter.organization is None:
        raise WrongState(state=letter.state)
    sender, sender_name = letter.organization, letter.organization_name
    decided_for = letter.sponsoring
    if not uow.actor.may(Permission.DISPATCH, letter.sponsoring):
        uow.actor.require(Permission.ANSWER, sender)
        before = await queries.transfers(uow.session, letter.id)
        moving.refuse_passing_on(before, moving.transfers())
        decided_for = sender
    unit = await queries.unit_in_line(uow.session, letter, to.organization, "/organization")
    if unit.path == sender:
        raise moving.SameUnit
    await _place(uow, letter, unit)
    await co_handling.withdraw(uow, letter, of=unit.path)
    key = letters.key_of(letter, keyring)
    note = moving.told(sender_name, unit.name, to.public_reason)
    uow.session.add_all(
        [
            Move(
                letter_id=letter.id,
                at=uow.now,
                kind=LetterMoveKind.TRANSFERRED,
                sender=sender,
                sender_name=sender_name,
                receiver=unit.path,
                receiver_name=unit.name,
                decided_for=decided_for,
                by=uow.actor.id,
                sealed_reason=key.close(chance(NONCE_BYTES), to.reason, "reason"),
            ),
            Step.of(
                letter,
                LetterStep.TRANSFERRED,
                uow.now,
                key.close(chance(NONCE_BYTES), note, "note"),
            ),
        ]
    )
    uow.announce(
        LetterTransferred(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            sender=sender,
            organization=unit.path,
            decided_for=decided_for,
            due_on=letter.due_on,
        )
    )
    return letter


async def give_back(
    uow: UnitOfWork,
    letter_id: UUID,
    why: NewGivingBack,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Give a letter that is not the unit's back to the clerks of its site."""
    letter = await letters.locked(uow, letter_id, version)
    state = advance(letter.state, Act.GIVE_BACK)
    sender, sender_name = str(letter.organization), letter.organization_name
    uow.actor.require(Permission.ANSWER, sender)
    key = letters.key_of(letter, keyring)
    note = key.close(
        chance(NONCE_BYTES), moving.told(sender_name, None, why.public_reason), "note"
    )
    await co_handling.withdraw_all(uow, letter)
    letter.state = state
    await _place(uow, letter, None)
    uow.session.add_all(
        [
            Move(
                letter_id=letter.id,
                at=uow.now,
                kind=LetterMoveKind.GIVEN_BACK,
                sender=sender,
                sender_name=sender_name,
                receiver=letter.sponsoring,
                decided_for=sender,
                by=uow.actor.id,
                sealed_reason=key.close(chance(NONCE_BYTES), why.reason, "reason"),
            ),
            Step.of(letter, LetterStep.GIVEN_BACK, uow.now, note),
        ]
    )
    uow.announce(
        LetterGivenBack(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            sender=sender,
            due_on=letter.due_on,
        )
    )
    return letter


async def _place(uow: UnitOfWork, letter: Letter, unit: Unit | None) -> None:
    """Put a letter, and what waits for its answer, in the charge of a unit or of none."""
    now_with = {
        "organization": unit.path if unit else None,
        "organization_name": unit.name if unit else None,
        "dispatched_at": uow.now if unit else None,
    }
    for name, value in now_with.items():
        setattr(letter, name, value)
    waiting = update(Letter).where(Letter.lead_id == letter.id, Letter.state == LetterState.MERGED)
    await uow.session.execute(waiting.values(version=Letter.version + 1, **now_with))
