"""Questions about what was submitted for review."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import BigInteger, ColumnElement, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.answering.batch import Day, batch
from services.interaction.mailbox.answering.likeness import Other
from services.interaction.mailbox.answering.models import Answer
from services.interaction.mailbox.answering.review import awaits_review
from services.interaction.mailbox.answering.wording import wording
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.business_day import business_date, start_of
from shared.contracts.answers import AnswerFinding, LetterAnswer
from shared.contracts.content import Verdict
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

FINDINGS = TypeAdapter(list[AnswerFinding])


class SealedAnswer(BaseModel):
    """An answer on its way from the table to those who work on it."""

    round: int
    organization: str
    supplement: bool
    sealed: bytes
    sealed_findings: bytes | None
    sealed_reason: bytes | None
    answer_hash: str
    author: str
    written_at: datetime
    policies: list[UUID]
    verdict: Verdict | None
    reviewer: str | None
    decided_at: datetime | None
    withdrawn_at: datetime | None


ANSWERS = Listing("letter-answers", SealedAnswer, [(Answer.round, int)])


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Select the answers an actor may read before they go out: its units', and its sites'.

    A unit the letter was passed on to does not see what the former one wrote.
    """
    return or_(
        reached(actor, Permission.ANSWER, Answer.organization),
        reached(actor, Permission.REVIEW_ANSWER, Answer.organization),
        reached(actor, Permission.DISPATCH, Letter.sponsoring),
        reached(actor, Permission.REVIEW_ANSWER, Letter.sponsoring),
    )


async def latest(session: AsyncSession, letter: Letter) -> Answer | None:
    """Return the answer that was submitted last, if any was."""
    question = select(Answer).where(Answer.letter_id == letter.id, Answer.round == letter.rounds)
    return await session.scalar(question)


async def seen(
    session: AsyncSession, actor: Actor, letter: Letter, key: WritingKey, now: datetime
) -> LetterAnswer | None:
    """Return the answer submitted last as those who work on it see it, if the actor may."""
    question = (
        select(Answer)
        .join(Letter, Letter.id == Answer.letter_id)
        .where(Answer.letter_id == letter.id, Answer.round == letter.rounds, open_to(actor))
    )
    answer = await session.scalar(question)
    if answer is None:
        return None
    shown = opened(SealedAnswer.model_validate(answer, from_attributes=True), key)
    if not awaits_review(answer):
        return shown
    crowd = await crowded(session, letter, answer.organization, now)
    return shown.model_copy(update={"findings": [*shown.findings, *crowd]})


async def answers(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID, asked: Asked
) -> Page[LetterAnswer]:
    """Return one page of what was submitted for a letter, the latest first."""
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring)
    question = (
        select(Answer)
        .join(Letter, Letter.id == Answer.letter_id)
        .where(Answer.letter_id == letter_id, open_to(actor))
    )
    page = await ANSWERS.turn(session, question, asked)
    items = [opened(answer, key) for answer in page.items]
    return Page(items=items, cursors=page.cursors, next=page.next)


def opened(answer: SealedAnswer, key: WritingKey) -> LetterAnswer:
    """Return an answer unsealed."""
    return LetterAnswer(
        **answer.model_dump(exclude={"sealed", "sealed_findings", "sealed_reason"}),
        text=key.open(answer.sealed, "answer"),
        findings=findings(answer, key),
        reason=answer.sealed_reason and key.open(answer.sealed_reason, "reason"),
    )


def findings(answer: Answer | SealedAnswer, key: WritingKey) -> list[AnswerFinding]:
    """Return what was found in an answer when it was submitted."""
    if answer.sealed_findings is None:
        return []
    return FINDINGS.validate_json(key.open(answer.sealed_findings, "findings"))


async def crowded(
    session: AsyncSession, letter: Letter, unit: str, now: datetime
) -> list[AnswerFinding]:
    """Return the finding that one more answer of a unit today makes a batch, if it does.

    Of a unit that never answered before, the silence is as long as this letter lay there.
    """
    today = business_date(now)
    given = (Answer.organization == unit, Answer.verdict == Verdict.APPROVE)
    answers_today = select(func.count()).where(
        *given, Answer.decided_at >= start_of(today), ~Answer.supplement
    )
    before = select(func.max(Answer.decided_at)).where(*given, Answer.decided_at < start_of(today))
    question = select(answers_today.scalar_subquery(), before.scalar_subquery())
    answered, last = (await session.execute(question)).one()
    since = last or letter.dispatched_at
    found = batch(Day(answered, since and business_date(since)), today, wording())
    return [found] if found else []


async def others(
    session: AsyncSession, letter: Letter, unit: str, sketch: Sequence[int], now: datetime
) -> Sequence[Other]:
    """Return the unit's answers to other letters that share one of the least marks of this one.

    Whatever is much like it does, all but surely.
    """
    figures = wording().copying
    if not sketch:
        return []
    question = (
        select(Answer.letter_id, Answer.sketch, Answer.asked_sketch)
        .where(
            Answer.organization == unit,
            Answer.letter_id != letter.id,
            Answer.withdrawn_at.is_(None),
            or_(Answer.verdict.is_(None), Answer.verdict == Verdict.APPROVE),
            Answer.written_at >= now - timedelta(days=figures.days),
            Answer.clues.op("&&")(cast(list(sketch[: figures.clues]), ARRAY(BigInteger))),
        )
        .order_by(Answer.written_at.desc())
        .limit(figures.compared)
    )
    return [Other(*row) for row in await session.execute(question)]
