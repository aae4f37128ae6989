"""Questions about where letters go, and who helps with them."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.sorting.line import OutsideLine, Unit
from services.interaction.mailbox.sorting.models import CoHandling, Move
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import sorting as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import Fault, Invalid


class SealedMove(contracts.LetterMove):
    """A move on its way from the table, its reason sealed."""

    reason: str | None = None
    sealed_reason: bytes | None


class SealedCoHandling(contracts.CoHandling):
    """A co-handling on its way from the table, its words sealed."""

    sealed_question: bytes
    sealed_opinion: bytes | None


MOVES = Listing("letter-moves", SealedMove, [(Move.id, UUID)])
CO_HANDLINGS = Listing("co-handlings", SealedCoHandling, [(CoHandling.id, UUID)])


async def unit_in_line(session: AsyncSession, letter: Letter, code: str, pointer: str) -> Unit:
    """Return the unit of this code, if the letter may be given to it; `pointer` named it."""
    unit = await group.organization(session, code)
    if unit is None:
        raise Invalid([Fault(pointer, "unknown", "没有这个单位。")])
    line = await group.governing(session, letter.sponsoring)
    if not in_line(unit.path, letter.sponsoring, line):
        raise OutsideLine
    return Unit(unit.path, unit.name)


async def transfers(session: AsyncSession, letter_id: UUID) -> int:
    """Return how often a letter was transferred, whoever decided it."""
    question = select(func.count()).where(
        Move.letter_id == letter_id, Move.kind == contracts.LetterMoveKind.TRANSFERRED
    )
    return (await session.scalars(question)).one()


def asked_now(letter_id: UUID) -> Select[CoHandling]:
    """Select what units are asked about a letter and have not said yet, for this act alone."""
    return (
        select(CoHandling)
        .where(
            CoHandling.letter_id == letter_id,
            CoHandling.given_at.is_(None),
            CoHandling.withdrawn_at.is_(None),
        )
        .order_by(CoHandling.id)
        .with_for_update()
    )


async def moves(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID, asked: Asked
) -> Page[contracts.LetterMove]:
    """Return one page of a letter's way through the units, the latest first.

    The way of an erased letter stays, without the reasons.
    """
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring) if letter.content else None
    page = await MOVES.turn(session, select(Move).where(Move.letter_id == letter.id), asked)
    items = [
        contracts.LetterMove(
            **move.model_dump(exclude={"reason", "sealed_reason"}),
            reason=key.open(move.sealed_reason, "reason") if key and move.sealed_reason else None,
        )
        for move in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def co_handlings(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID, asked: Asked
) -> Page[contracts.OpenedCoHandling]:
    """Return one page of what units were asked about a letter and what they said.

    A unit that helps sees what it was asked itself, and said.
    """
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring)
    question = select(CoHandling).where(CoHandling.letter_id == letter.id)
    if not _in_charge(actor, letter):
        question = question.where(reached(actor, Permission.ANSWER, CoHandling.organization))
    page = await CO_HANDLINGS.turn(session, question, asked)
    items = [
        contracts.OpenedCoHandling(
            **each.model_dump(exclude={"sealed_question", "sealed_opinion"}),
            question=key.open(each.sealed_question, "question"),
            opinion=each.sealed_opinion and key.open(each.sealed_opinion, "opinion"),
        )
        for each in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


def _in_charge(actor: Actor, letter: Letter) -> bool:
    """Say whether the actor's posts reach the letter otherwise than by being asked for help."""
    return any(
        path and actor.may(permission, path)
        for permission, path in (
            (Permission.DISPATCH, letter.sponsoring),
            (Permission.REVIEW_ANSWER, letter.sponsoring),
            (Permission.ANSWER, letter.organization),
            (Permission.REVIEW_ANSWER, letter.organization),
        )
    )
