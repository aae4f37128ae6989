"""The one question that voices of either kind are asked alike."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import KeptCode, Wrapped
from services.interaction.participation.voices.models import Voice


async def code(session: AsyncSession, kind: type[Voice], number: str) -> KeptCode | None:
    """Return what the query code of this number is kept as, if there is such a voice."""
    question = select(kind.code_digest, kind.wrapped_key, kind.wrapped_by)
    row = (await session.execute(question.where(kind.number == number))).one_or_none()
    if row is None:
        return None
    return KeptCode(row.code_digest, Wrapped(row.wrapped_key, row.wrapped_by))
