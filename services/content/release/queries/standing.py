"""What stands public, as those who change it must know it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Change, Live
from shared.contracts.content import ChangeAct


async def live(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, Live]:
    """Return those of the items that are public, by id."""
    rows = await session.scalars(select(Live).where(Live.item_id.in_(ids)))
    return {row.item_id: row for row in rows}


async def neighbours(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Live]:
    """Return these public items and every public item linked with one of them."""
    targets = select(Live.interprets_id).where(Live.item_id.in_(ids))
    question = select(Live).where(
        or_(Live.item_id.in_(ids), Live.interprets_id.in_(ids), Live.item_id.in_(targets))
    )
    return (await session.scalars(question.order_by(Live.item_id))).all()


async def linked(session: AsyncSession, rows: Sequence[Live]) -> Sequence[Live]:
    """Return everything the links of these items lead to, in both directions."""
    ids = [row.item_id for row in rows]
    targets = [row.interprets_id for row in rows if row.interprets_id]
    question = select(Live).where(or_(Live.item_id.in_(targets), Live.interprets_id.in_(ids)))
    return (await session.scalars(question.order_by(Live.first_public_at, Live.item_id))).all()


async def interpreted(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of the items that have a public interpretation."""
    question = select(Live.interprets_id).where(Live.interprets_id.in_(ids)).distinct()
    return {found for found in await session.scalars(question) if found}


async def reposts(session: AsyncSession, item_id: UUID) -> Sequence[Live]:
    """Return every public repost of an item."""
    question = select(Live).where(Live.origin_item_id == item_id).order_by(Live.item_id)
    return (await session.scalars(question)).all()


async def first_public(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """Return when each item that ever was public first became so."""
    question = (
        select(Change.item_id, func.min(Change.at).label("at"))
        .where(Change.item_id.in_(ids), Change.act == ChangeAct.RELEASED)
        .group_by(Change.item_id)
    )
    return {row.item_id: row.at for row in await session.execute(question)}


async def last_seq(session: AsyncSession) -> int:
    """Return the number of the latest change of the public state."""
    return await session.scalar(select(func.coalesce(func.max(Change.seq), 0))) or 0
