"""Questions to the mailbox."""

from collections.abc import Collection
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.mailbox import perfunctory
from services.interaction.mailbox.limits import limits
from services.interaction.mailbox.models import Answer, Letter, PublishedLetter, Step
from services.interaction.mailbox.sealing import Keyring, LetterKey
from services.interaction.mailbox.writing import Writing
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import letters as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound


class Sealed(BaseModel):
    """A letter's content as it lies in the table."""

    wrapped_key: bytes
    sealed: bytes


class SealedLetter(contracts.Letter):
    """A letter on its way from the table to the clerks' list."""

    content: Sealed


LETTERS = Listing("letters", SealedLetter, [(Letter.id, UUID)])
PUBLISHED = Listing("published-letters", contracts.PublicLetter, [(PublishedLetter.id, UUID)])


async def published_letters(
    session: AsyncSession, site_code: str | None, kind: contracts.LetterKind | None, asked: Asked
) -> Page[contracts.PublicLetter]:
    """Return one page of published renditions, the latest first."""
    question = select(PublishedLetter)
    if site_code is not None:
        question = question.where(PublishedLetter.site_code == site_code)
    if kind is not None:
        question = question.where(PublishedLetter.kind == kind)
    return await PUBLISHED.turn(session, question, asked)


async def quoting(
    session: AsyncSession, phrases: Collection[str], asked: Asked
) -> Page[contracts.PublicLetter]:
    """Return one page of published letters in which one of these stands, the latest first.

    Letters that were not published lie sealed, and nobody looks through them.
    """
    texts = (PublishedLetter.title, PublishedLetter.text, PublishedLetter.answer)
    met = [text.contains(phrase, autoescape=True) for text in texts for phrase in phrases]
    return await PUBLISHED.turn(session, select(PublishedLetter).where(or_(*met)), asked)


async def published_letter(session: AsyncSession, number: str) -> contracts.PublicLetter:
    """Return the rendition published under this number, or refuse."""
    question = select(PublishedLetter).where(PublishedLetter.number == number)
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有公开过这封来信。")
    return contracts.PublicLetter.model_validate(found, from_attributes=True)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Select the letters an actor may know of: those of its sites, and those its units answer."""
    return or_(
        reached(actor, Permission.DISPATCH, Letter.sponsoring),
        reached(actor, Permission.REVIEW_ANSWER, Letter.sponsoring),
        reached(actor, Permission.ANSWER, Letter.organization),
        reached(actor, Permission.REVIEW_ANSWER, Letter.organization),
    )


async def letters(
    session: AsyncSession,
    actor: Actor,
    keyring: Keyring,
    state: contracts.LetterState | None,
    asked: Asked,
) -> Page[contracts.ListedLetter]:
    """Return one page of the letters an actor may know of, the latest first."""
    question = select(Letter).where(visible_to(actor)).options(joinedload(Letter.content))
    if state is not None:
        question = question.where(Letter.state == state)
    page = await LETTERS.turn(session, question, asked)
    items = [
        contracts.ListedLetter(
            **letter.model_dump(exclude={"content"}),
            title=writing(letter, _key(letter, keyring)).title,
        )
        for letter in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def opened_letter(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID
) -> contracts.OpenedLetter:
    """Return a letter unsealed, or refuse as if there were none."""
    question = (
        select(Letter)
        .where(Letter.id == letter_id, visible_to(actor))
        .options(joinedload(Letter.content))
    )
    letter = await session.scalar(question)
    if letter is None:
        raise NotFound
    key = _key(letter, keyring)
    wrote = writing(letter, key)
    answer = None
    if letter.rounds:
        answer = await answer_of_round(session, letter.id, letter.rounds)
    return contracts.OpenedLetter(
        **contracts.Letter.model_validate(letter, from_attributes=True).model_dump(),
        title=wrote.title,
        text=wrote.text,
        writer_name=wrote.name,
        writer_phone=wrote.phone,
        writer_email=wrote.email,
        due_explanation=letter.due_explanation,
        timeline=await _timeline(session, letter.id),
        answer=answer and _seen(answer, key),
    )


async def code_digest(session: AsyncSession, number: str) -> bytes | None:
    """Return what the query code of the letter with this number is kept as, if there is one."""
    return await session.scalar(select(Letter.code_digest).where(Letter.number == number))


async def status(session: AsyncSession, number: str, keyring: Keyring) -> contracts.LetterStatus:
    """Return the letter as its writer may follow it: never a draft, only what was approved."""
    question = select(Letter).where(Letter.number == number).options(joinedload(Letter.content))
    letter = (await session.scalars(question)).one()
    key = _key(letter, keyring)
    answer = None
    if letter.answered_on is not None:
        answer = await answer_of_round(session, letter.id, letter.rounds)
    return contracts.LetterStatus(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        kind_label=letter.kind_label,
        state=letter.state,
        state_label=letter.state_label,
        received_on=letter.received_on,
        due_on=letter.due_on,
        due_provisional=letter.due_provisional,
        due_explanation=letter.due_explanation,
        timeline=await _timeline(session, letter.id),
        answer=answer and key.open(answer.sealed, "answer"),
        answered_on=letter.answered_on,
        answering_unit=letter.organization_name if answer else None,
    )


async def answer_of_round(session: AsyncSession, letter_id: UUID, round_: int) -> Answer:
    """Return the answer written in one round."""
    question = select(Answer).where(Answer.letter_id == letter_id, Answer.round == round_)
    return (await session.scalars(question)).one()


def writing(letter: Letter | SealedLetter, key: LetterKey) -> Writing:
    """Return what the citizen wrote."""
    return Writing.model_validate_json(key.open(letter.content.sealed, "letter"))


def _key(letter: Letter | SealedLetter, keyring: Keyring) -> LetterKey:
    return keyring.unwrap(letter.content.wrapped_key, letter.number)


async def _timeline(session: AsyncSession, letter_id: UUID) -> list[contracts.TimelineEntry]:
    question = select(Step).where(Step.letter_id == letter_id).order_by(Step.at, Step.id)
    return [
        contracts.TimelineEntry.model_validate(step, from_attributes=True)
        for step in await session.scalars(question)
    ]


def _seen(answer: Answer, key: LetterKey) -> contracts.LetterAnswer:
    text = key.open(answer.sealed, "answer")
    reason = answer.sealed_reason
    return contracts.LetterAnswer(
        text=text,
        answer_hash=answer.answer_hash,
        author=answer.author,
        written_at=answer.written_at,
        findings=list(perfunctory.findings(text, limits().perfunctory)),
        verdict=answer.verdict,
        reviewer=answer.reviewer,
        decided_at=answer.decided_at,
        reason=reason and key.open(reason, "reason"),
    )
