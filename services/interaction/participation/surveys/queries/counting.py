"""Reading responses to count them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.participation.surveys.models import Response
from services.interaction.participation.surveys.queries.staff import AT_ONCE


async def uncounted(session: AsyncSession, survey_id: UUID) -> int:
    """Return how many responses are in no tally that was told."""
    waiting = select(func.count()).where(
        Response.survey_id == survey_id, Response.counted.is_(False)
    )
    return await session.scalar(waiting) or 0


async def count_in(session: AsyncSession, survey_id: UUID, most: int) -> None:
    """Let up to `most` responses, which is chance, be in the tallies told from now on."""
    some = (
        select(Response.id)
        .where(Response.survey_id == survey_id, Response.counted.is_(False))
        .order_by(Response.id)
        .limit(most)
    )
    await session.execute(update(Response).where(Response.id.in_(some)).values(counted=True))


def counted(session: AsyncSession, survey_id: UUID) -> AsyncIterator[dict[str, Any]]:
    """Yield what was answered in the responses that are counted."""
    return _answers(session, Response.survey_id == survey_id, Response.counted.is_(True))


def all_answers(session: AsyncSession, survey_id: UUID) -> AsyncIterator[dict[str, Any]]:
    """Yield what was answered in every response."""
    return _answers(session, Response.survey_id == survey_id)


async def _answers(
    session: AsyncSession, *which: ColumnElement[bool]
) -> AsyncIterator[dict[str, Any]]:
    question = select(Response.answers).where(*which).execution_options(yield_per=AT_ONCE)
    async for (values,) in await session.stream(question):
        yield values
