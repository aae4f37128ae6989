"""Questions about what was imported."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ARRAY, Text, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.bulk.models import Imported, ImportedId


async def own_ids(
    session: AsyncSession, source: str, kind: Imported, legacy: Collection[str]
) -> Mapping[str, UUID]:
    """Return what those of a source's things that were imported are called here."""
    question = select(ImportedId.legacy_id, ImportedId.own_id).where(
        ImportedId.source == source,
        ImportedId.type == kind,
        ImportedId.legacy_id == any_(bindparam("legacy", list(legacy), ARRAY(Text))),
    )
    return {row.legacy_id: row.own_id for row in await session.execute(question)}


async def has_items_of(session: AsyncSession, source: str) -> bool:
    """Say whether any item of a source was ever imported."""
    question = select(ImportedId.legacy_id).where(
        ImportedId.source == source, ImportedId.type == Imported.ITEM
    )
    return await session.scalar(question.limit(1)) is not None
