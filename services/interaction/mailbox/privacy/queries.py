"""Questions about who saw letters, what is held of a writer, and requests to erase."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.answering.models import Reply
from services.interaction.mailbox.answering.queries import given as answers
from services.interaction.mailbox.attachments import queries as attachments
from services.interaction.mailbox.attachments.models import Attachment
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.contact import spelt
from services.interaction.mailbox.letters.models import Access, Letter, Step, WriterMark
from services.interaction.mailbox.privacy.models import Erasure
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts.page import Page
from shared.contracts.privacy import (
    Contact,
    ErasureRequest,
    ErasureState,
    HeldAccess,
    HeldAnswer,
    LetterAccess,
    LetterRecord,
)
from shared.pagination import Asked, Listing
from shared.problem import NotFound

R = TypeVar("R", Reply, Step, Access)

ACCESSES = Listing("letter-accesses", LetterAccess, [(Access.id, UUID)])
ERASURES = Listing("letter-erasures", ErasureRequest, [(Erasure.id, UUID)])


async def accesses(
    session: AsyncSession, actor: Actor, letter_id: UUID, asked: Asked
) -> Page[LetterAccess]:
    """Return one page of who saw a letter, the latest first, to those who administer its site."""
    reaches = reached(actor, Permission.ADMINISTER, Letter.sponsoring)
    known = await session.scalar(select(Letter.id).where(Letter.id == letter_id, reaches))
    if known is None:
        raise NotFound
    question = select(Access).where(Access.letter_id == letter_id)
    return await ACCESSES.turn(session, question, asked)


def decidable_by(actor: Actor) -> ColumnElement[bool]:
    """Select the requests an actor may know of: those about letters to its sites."""
    return or_(
        reached(actor, Permission.ADMINISTER, Erasure.sponsoring),
        reached(actor, Permission.DISPATCH, Erasure.sponsoring),
    )


async def erasures(
    session: AsyncSession, actor: Actor, state: ErasureState | None, asked: Asked
) -> Page[ErasureRequest]:
    """Return one page of requests to erase letters, the latest first."""
    question = select(Erasure).where(decidable_by(actor))
    if state is not None:
        question = question.where(Erasure.state == state)
    return await ERASURES.turn(session, question, asked)


def by_contact(reaches: ColumnElement[bool], contact: Contact, keyring: Keyring) -> Select[Letter]:
    """Select the letters of whoever has this contact, among those that are reached."""
    marks = [mark for each in spelt(contact.phone, contact.email) for mark in keyring.marks(each)]
    written = select(WriterMark.letter_id).where(WriterMark.mark.in_(marks))
    return (
        select(Letter).where(Letter.id.in_(written), reaches).options(joinedload(Letter.content))
    )


async def with_content(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Letter]:
    """Return letters that were found before with their sealed content, the latest first."""
    question = select(Letter).where(Letter.id.in_(ids)).options(joinedload(Letter.content))
    return (await session.scalars(question.order_by(Letter.id.desc()))).all()


async def held(
    session: AsyncSession, found: Sequence[Letter], keyring: Keyring
) -> list[LetterRecord]:
    """Return all that is held of these letters, in four queries however many they are."""
    ids = [letter.id for letter in found]
    given = _each(await answers.replies(session, ids))
    files = await attachments.of_letters(session, ids)
    steps = _each(await letters.steps(session, ids))
    question = select(Access).where(Access.letter_id.in_(ids)).order_by(Access.at, Access.id)
    seen = _each(await session.scalars(question))
    return [
        _held(
            letter,
            letters.key_of(letter, keyring),
            given[letter.id],
            steps[letter.id],
            seen[letter.id],
            files[letter.id],
        )
        for letter in found
    ]


def _each(rows: Iterable[R]) -> defaultdict[UUID, list[R]]:
    """Return rows by the letter they are about."""
    by_letter: defaultdict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        by_letter[row.letter_id].append(row)
    return by_letter


def _held(
    letter: Letter,
    key: WritingKey,
    given: Sequence[Reply],
    steps: Sequence[Step],
    seen: Sequence[Access],
    files: Sequence[Attachment],
) -> LetterRecord:
    wrote = letters.writing(letter, key)
    return LetterRecord(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        kind_label=letter.kind_label,
        state=letter.state,
        state_label=letter.state_label,
        may_publish=letter.may_publish,
        published_on=letter.published_on,
        received_on=letter.received_on,
        due_on=letter.due_on,
        title=wrote.title,
        text=wrote.text,
        writer_name=wrote.name,
        writer_phone=wrote.phone,
        writer_email=wrote.email,
        answers=[
            HeldAnswer(text=key.open(reply.sealed, "answer"), answered_at=reply.answered_at)
            for reply in given
        ],
        attachments=[attachments.seen_by_writer(file, key) for file in files],
        timeline=letters.entries(steps, key),
        accesses=[HeldAccess(at=each.at, use_label=each.use_label) for each in seen],
    )
