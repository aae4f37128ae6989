"""Walking over all that a site itself has public, however much it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Live
from shared.contracts.content import ItemKind

OLDEST_FIRST = (Live.first_public_at, Live.item_id)
OF_LASTING = Live.kind != ItemKind.STATUS_STATEMENT
"""A status statement speaks of a column as it is here and now."""
REFERS_TO_NOTHING = and_(Live.interprets_id.is_(None), Live.successor_id.is_(None))


def _own(site_code: str) -> Select[Live]:
    return select(Live).where(
        Live.site_code == site_code, Live.origin_item_id.is_(None), OF_LASTING
    )


async def referring_to_nothing(
    session: AsyncSession, site_code: str, after: tuple[datetime, UUID] | None, most: int
) -> Sequence[Live]:
    """Return some of a site's items that refer to no other, oldest first, from a place on."""
    question = _own(site_code).where(REFERS_TO_NOTHING).order_by(*OLDEST_FIRST).limit(most)
    if after is not None:
        question = question.where(tuple_(*OLDEST_FIRST) > after)
    return (await session.scalars(question)).all()


async def references(session: AsyncSession, site_code: str) -> Mapping[UUID, set[UUID]]:
    """Return what each of a site's other items refers to, oldest first."""
    question = (
        _own(site_code)
        .where(~REFERS_TO_NOTHING)
        .with_only_columns(Live.item_id, Live.interprets_id, Live.successor_id)
        .order_by(*OLDEST_FIRST)
    )
    return {
        item_id: {other for other in others if other is not None}
        for item_id, *others in await session.execute(question)
    }
