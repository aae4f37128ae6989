"""Questions about answers."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.answering import perfunctory
from services.interaction.mailbox.answering.models import Answer
from shared.contracts.answers import LetterAnswer
from shared.contracts.content import Verdict


async def answer_of_round(session: AsyncSession, letter_id: UUID, round_: int) -> Answer:
    """Return the answer written in one round."""
    question = select(Answer).where(Answer.letter_id == letter_id, Answer.round == round_)
    return (await session.scalars(question)).one()


async def approved(session: AsyncSession, letter_ids: Collection[UUID]) -> Sequence[Answer]:
    """Return every answer the writers of these letters were given, the first first."""
    question = select(Answer).where(
        Answer.letter_id.in_(letter_ids), Answer.verdict == Verdict.APPROVE
    )
    return (await session.scalars(question.order_by(Answer.round))).all()


async def seen(
    session: AsyncSession, letter_id: UUID, round_: int, key: WritingKey
) -> LetterAnswer:
    """Return the answer of one round as those who work on it see it."""
    answer = await answer_of_round(session, letter_id, round_)
    text = key.open(answer.sealed, "answer")
    reason = answer.sealed_reason
    return LetterAnswer(
        text=text,
        answer_hash=answer.answer_hash,
        author=answer.author,
        written_at=answer.written_at,
        findings=list(perfunctory.findings(text, perfunctory.wording())),
        verdict=answer.verdict,
        reviewer=answer.reviewer,
        decided_at=answer.decided_at,
        reason=reason and key.open(reason, "reason"),
    )
