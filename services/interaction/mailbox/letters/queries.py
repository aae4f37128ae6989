"""Questions about letters, whatever their state."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.sealing import KeptCode, Keyring, Wrapped, WritingKey
from services.interaction.group import queries as group
from services.interaction.mailbox.letters.access import Erased
from services.interaction.mailbox.letters.handling import HANDLED, OPEN, STATES, TYPES
from services.interaction.mailbox.letters.models import Letter, SealedContent, Step
from services.interaction.mailbox.letters.schemas import LetterFilter
from services.interaction.mailbox.letters.writing import Writing
from shared.auth import Actor, Permission
from shared.authority import reached, reached_upward
from shared.contracts import letters as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


class Sealed(BaseModel):
    """A letter's content as it lies in the table."""

    wrapped_key: bytes
    wrapped_by: str
    sealed: bytes


class SealedLetter(contracts.Letter):
    """A letter on its way from the table to the clerks' list."""

    content: Sealed | None


LETTERS = Listing("letters", SealedLetter, [(Letter.id, UUID)])
COUNTED = 1_000
OVERDUE = "overdue"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Select the letters an actor may know of: of its sites, or with its units now.

    A unit asked to help knows of the letter while another is at work on it. Of held ones only
    those know who may clear them.
    """
    return or_(
        reached(actor, Permission.DISPATCH, Letter.sponsoring),
        and_(
            reached(actor, Permission.REVIEW_ANSWER, Letter.sponsoring),
            Letter.state != contracts.LetterState.HELD,
        ),
        reached(actor, Permission.ANSWER, Letter.organization),
        reached(actor, Permission.REVIEW_ANSWER, Letter.organization),
        and_(
            Letter.state.in_(HANDLED),
            reached_upward(actor, Permission.ANSWER, Letter.co_handlers),
        ),
    )


async def locked(uow: UnitOfWork, letter_id: UUID, version: int) -> Letter:
    """Return a letter its actor may know of and has read, for this transaction alone to change.

    What was erased is past changing, and refused with `Erased`.
    """
    letter = await lock(uow, letter_id)
    expect(version, letter.version)
    return letter


async def lock(uow: UnitOfWork, letter_id: UUID) -> Letter:
    """Return a letter its actor may know of, whatever its version, for what is kept beside it."""
    question = (
        select(Letter)
        .where(Letter.id == letter_id, visible_to(uow.actor))
        .options(joinedload(Letter.content))
        .with_for_update(of=Letter)
    )
    letter = await uow.session.scalar(question)
    if letter is None:
        raise NotFound
    if letter.erased_on is not None:
        raise Erased
    return letter


async def letter(session: AsyncSession, actor: Actor, letter_id: UUID) -> Letter:
    """Return a letter within the actor's authority with its sealed content, or refuse."""
    question = (
        select(Letter)
        .where(Letter.id == letter_id, visible_to(actor))
        .options(joinedload(Letter.content))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound
    return found


async def numbered(session: AsyncSession, number: str) -> Letter:
    """Return the letter with this number, which somebody has shown the code of."""
    question = select(Letter).where(Letter.number == number).options(joinedload(Letter.content))
    return (await session.scalars(question)).one()


async def numbered_to_change(session: AsyncSession, number: str) -> Letter:
    """Return the letter with this number for this transaction alone to change."""
    question = select(Letter).where(Letter.number == number).options(joinedload(Letter.content))
    return (await session.scalars(question.with_for_update(of=Letter))).one()


async def letters(
    session: AsyncSession,
    actor: Actor,
    keyring: Keyring,
    wanted: LetterFilter,
    today: date,
    asked: Asked,
) -> Page[contracts.ListedLetter]:
    """Return one page of the letters an actor may know of, the latest first.

    Those that are held have a list of their own.
    """
    question = (
        select(Letter)
        .where(visible_to(actor), Letter.state != contracts.LetterState.HELD)
        .where(*_of(wanted, today))
        .options(joinedload(Letter.content))
    )
    return listed(await LETTERS.turn(session, question, asked), keyring)


def listed(page: Page[SealedLetter], keyring: Keyring) -> Page[contracts.ListedLetter]:
    """Return a page of letters with their titles unsealed."""
    items = [
        contracts.ListedLetter(
            **letter.model_dump(exclude={"content"}),
            title=writing(letter, key_of(letter, keyring)).title if letter.content else None,
        )
        for letter in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def counts(session: AsyncSession, actor: Actor, today: date) -> contracts.LetterCounts:
    """Return how many letters an actor may know of are owed an answer; counted so far only."""
    kinds = {state.value: Letter.state == state for state in OPEN}
    kinds[OVERDUE] = _overdue(today)
    bounded = [
        select(literal(kind).label("kind"), func.count().label("letters")).select_from(
            select(Letter.id)
            .where(visible_to(actor), Letter.state != contracts.LetterState.HELD, met)
            .limit(COUNTED)
            .subquery()
        )
        for kind, met in kinds.items()
    ]
    rows = await session.execute(union_all(*bounded))
    found = {row.kind: row.letters for row in rows}
    return contracts.LetterCounts(
        states=[
            contracts.StateCount(state=state, state_label=STATES[state], letters=found[state])
            for state in OPEN
        ],
        overdue=found[OVERDUE],
        at_most=COUNTED,
    )


async def code(session: AsyncSession, number: str) -> KeptCode | None:
    """Return what the code of the letter with this number is kept as; an erased one has none."""
    question = (
        select(Letter.code_digest, SealedContent.wrapped_key, SealedContent.wrapped_by)
        .join(SealedContent)
        .where(Letter.number == number)
    )
    row = (await session.execute(question)).one_or_none()
    if row is None:
        return None
    return KeptCode(row.code_digest, Wrapped(row.wrapped_key, row.wrapped_by))


async def timeline(
    session: AsyncSession, letter_id: UUID, key: WritingKey
) -> list[contracts.TimelineEntry]:
    """Return every step of a letter, the first first."""
    return entries(await steps(session, [letter_id]), key)


async def steps(session: AsyncSession, letter_ids: Collection[UUID]) -> Sequence[Step]:
    """Return every step of these letters, the first first."""
    question = select(Step).where(Step.letter_id.in_(letter_ids)).order_by(Step.at, Step.id)
    return (await session.scalars(question)).all()


def entries(told: Iterable[Step], key: WritingKey) -> list[contracts.TimelineEntry]:
    """Return steps of one letter as they are shown."""
    return [
        contracts.TimelineEntry(
            at=step.at,
            step=step.step,
            step_label=step.step_label,
            organization=step.organization,
            due_on=step.due_on,
            note=step.sealed_note and key.open(step.sealed_note, "note"),
        )
        for step in told
    ]


def _of(wanted: LetterFilter, today: date) -> Iterator[ColumnElement[bool]]:
    """Yield what a letter must meet to be listed."""
    for column, value in (
        (Letter.state, wanted.state),
        (Letter.kind, wanted.kind),
        (Letter.urgency, wanted.urgency),
        (Letter.channel, wanted.channel),
        (Letter.site_code, wanted.site_code),
        (Letter.lead_id, wanted.lead_id),
    ):
        if value is not None:
            yield column == value
    if wanted.state_type is not None:
        yield Letter.state.in_([state for state in TYPES if TYPES[state] is wanted.state_type])
    if wanted.organization is not None:
        yield Letter.organization == group.path_of(wanted.organization)
    if wanted.number is not None:
        yield Letter.number == as_issued(wanted.number)
    if wanted.overdue:
        yield _overdue(today)


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(Letter.due_on < today, Letter.state.in_(OPEN))


def key_of(letter: Letter | SealedLetter, keyring: Keyring) -> WritingKey:
    """Return the key of a letter, or refuse with `Erased`."""
    if letter.content is None:
        raise Erased
    wrapped = Wrapped(letter.content.wrapped_key, letter.content.wrapped_by)
    return keyring.unwrap(wrapped, letter.number)


def writing(letter: Letter | SealedLetter, key: WritingKey) -> Writing:
    """Return what the citizen wrote, or refuse with `Erased`."""
    if letter.content is None:
        raise Erased
    return Writing.model_validate_json(key.open(letter.content.sealed, "letter"))
