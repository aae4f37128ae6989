"""Asking units to help the one that answers, and hearing what they say."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import HANDLED, WrongState
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.sorting import co_handling, moving, queries
from services.interaction.mailbox.sorting.models import CoHandling, Move
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.letters import LetterStep
from shared.contracts.sorting import (
    CoHandlingAsked,
    CoHandlingOpinionGiven,
    CoHandlingWithdrawn,
    LetterMoveKind,
    NewCoHandling,
)
from shared.problem import Invalid, NotFound
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect


async def ask(
    uow: UnitOfWork,
    letter_id: UUID,
    new: NewCoHandling,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> CoHandling:
    """Ask a unit to help; it sees the letter for as long as it is asked."""
    letter = await letters.locked(uow, letter_id, version)
    if letter.state not in HANDLED:
        raise WrongState(state=letter.state)
    _decides_for(uow, letter)
    (asked,) = await ask_all(uow, letter, [new], letters.key_of(letter, keyring), chance, "")
    return asked


async def ask_all(
    uow: UnitOfWork,
    letter: Letter,
    wanted: Sequence[NewCoHandling],
    key: WritingKey,
    chance: Chance,
    place: str = "/co_handlers",
) -> list[CoHandling]:
    """Ask several units to help with a letter somebody is at work on."""
    pointers = [f"{place}/{nth}" if place else "" for nth in range(len(wanted))]
    today = business_date(uow.now)
    if faults := [
        fault
        for new, pointer in zip(wanted, pointers, strict=True)
        for fault in co_handling.sub_date_fault(new.due_on, letter.due_on, today, pointer)
    ]:
        raise Invalid(faults)
    asked = [
        await _ask(uow, letter, new, key, chance, pointer)
        for new, pointer in zip(wanted, pointers, strict=True)
    ]
    if asked:
        await _show(uow, letter)
    return asked


async def give_opinion(
    uow: UnitOfWork,
    co_handling_id: UUID,
    text: str,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> CoHandling:
    """Say to the unit that answers what one's own has to say; from then on it asks no more."""
    letter, asked = await _locked(uow, co_handling_id, version)
    uow.actor.require(Permission.ANSWER, asked.organization)
    key = letters.key_of(letter, keyring)
    asked.sealed_opinion = key.close(chance(NONCE_BYTES), text, "opinion")
    asked.given_by, asked.given_at = uow.actor.id, uow.now
    await _show(uow, letter)
    uow.announce(
        CoHandlingOpinionGiven(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            co_handler=asked.organization,
            due_on=asked.due_on,
            late=business_date(uow.now) > asked.due_on,
        )
    )
    return asked


async def take_back(uow: UnitOfWork, co_handling_id: UUID, *, version: int) -> CoHandling:
    """Ask a unit no more; it stops seeing the letter."""
    letter, asked = await _locked(uow, co_handling_id, version)
    decided_for = _decides_for(uow, letter)
    _release(uow, letter, asked, decided_for)
    await _show(uow, letter)
    return asked


async def withdraw_all(uow: UnitOfWork, letter: Letter) -> None:
    """Ask nobody any more for help with a letter."""
    for asked in await _open(uow, letter):
        _release(uow, letter, asked, letter.organization or letter.sponsoring)
    letter.co_handlers = None


async def withdraw(uow: UnitOfWork, letter: Letter, *, of: str) -> None:
    """Ask a unit no more for its help, because it is the one that answers now."""
    for asked in await _open(uow, letter):
        if asked.organization == of:
            _release(uow, letter, asked, letter.sponsoring)
            await _show(uow, letter)


async def _ask(
    uow: UnitOfWork,
    letter: Letter,
    new: NewCoHandling,
    key: WritingKey,
    chance: Chance,
    pointer: str,
) -> CoHandling:
    unit = await queries.unit_in_line(
        uow.session, letter, new.organization, f"{pointer}/organization"
    )
    if unit.path == letter.organization:
        raise moving.SameUnit
    if unit.path in {each.organization for each in await _open(uow, letter)}:
        raise co_handling.AskedAlready
    asked = CoHandling(
        letter_id=letter.id,
        organization=unit.path,
        organization_name=unit.name,
        due_on=new.due_on,
        sealed_question=key.close(chance(NONCE_BYTES), new.question, "question"),
        asked_by=uow.actor.id,
        asked_at=uow.now,
    )
    told = Step.of(letter, LetterStep.CO_HANDLED, uow.now)
    told.organization = unit.name
    uow.session.add_all([asked, _moved(uow, letter, asked, LetterMoveKind.ASKED), told])
    uow.announce(
        CoHandlingAsked(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=str(letter.organization),
            co_handler=unit.path,
            due_on=new.due_on,
        )
    )
    return asked


def _release(uow: UnitOfWork, letter: Letter, asked: CoHandling, decided_for: str) -> None:
    asked.withdrawn_at = uow.now
    uow.session.add(_moved(uow, letter, asked, LetterMoveKind.RELEASED, decided_for))
    uow.announce(
        CoHandlingWithdrawn(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            co_handler=asked.organization,
        )
    )


def _moved(
    uow: UnitOfWork,
    letter: Letter,
    asked: CoHandling,
    kind: LetterMoveKind,
    decided_for: str | None = None,
) -> Move:
    return Move(
        letter_id=letter.id,
        at=uow.now,
        kind=kind,
        sender=letter.organization,
        sender_name=letter.organization_name,
        receiver=asked.organization,
        receiver_name=asked.organization_name,
        decided_for=decided_for or _decides_for(uow, letter),
        by=uow.actor.id,
    )


def _decides_for(uow: UnitOfWork, letter: Letter) -> str:
    """Return in whose name the actor decides who helps: the unit's in charge, or the site's."""
    if letter.organization and uow.actor.may(Permission.ANSWER, letter.organization):
        return letter.organization
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    return letter.sponsoring


async def _locked(
    uow: UnitOfWork, co_handling_id: UUID, version: int
) -> tuple[Letter, CoHandling]:
    of = select(CoHandling.letter_id).where(CoHandling.id == co_handling_id)
    letter_id = await uow.session.scalar(of)
    if letter_id is None:
        raise NotFound
    letter = await letters.lock(uow, letter_id)
    if letter.state not in HANDLED:
        raise WrongState(state=letter.state)
    asked = await uow.session.get_one(CoHandling, co_handling_id)
    expect(version, asked.version)
    if asked.given_at or asked.withdrawn_at:
        raise co_handling.NotAskedToHelp
    return letter, asked


async def _open(uow: UnitOfWork, letter: Letter) -> Sequence[CoHandling]:
    question = queries.asked_now(letter.id)
    return (await uow.session.scalars(question)).all()


async def _show(uow: UnitOfWork, letter: Letter) -> None:
    """Let exactly those see the letter who are asked now."""
    letter.co_handlers = co_handling.seen_from(
        asked.organization for asked in await _open(uow, letter)
    )
