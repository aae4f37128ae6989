"""Questions about answers that reached their writers, and nothing that did not."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.answering.models import Answer, Reply
from shared.contracts.answers import GivenAnswer


async def replies(session: AsyncSession, letter_ids: Collection[UUID]) -> Sequence[Reply]:
    """Return every answer the writers of these letters have, the first first."""
    question = (
        select(Reply)
        .where(Reply.letter_id.in_(letter_ids))
        .options(joinedload(Reply.answer).load_only(Answer.supplement, Answer.policies))
        .order_by(Reply.answered_at, Reply.id)
    )
    return (await session.scalars(question)).all()


async def rounds(session: AsyncSession, letter_id: UUID) -> int:
    """Return how many answers a letter's writer has."""
    question = select(func.count()).where(Reply.letter_id == letter_id)
    return await session.scalar(question) or 0


async def given(session: AsyncSession, letter_id: UUID, key: WritingKey) -> list[GivenAnswer]:
    """Return every answer a letter's writer has, the first first."""
    return [
        GivenAnswer(
            text=key.open(reply.sealed, "answer"),
            answered_at=reply.answered_at,
            answering_unit=reply.organization_name,
            supplement=reply.answer.supplement,
            policies=[UUID(policy) for policy in reply.answer.policies],
        )
        for reply in await replies(session, [letter_id])
    ]
