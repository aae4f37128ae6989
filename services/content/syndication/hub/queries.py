"""Questions about feeds and their followers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.content.delivery.feed import Form, written
from services.content.delivery.queries import feeds
from services.content.registry import queries as registry
from services.content.syndication.hub.models import Follower, HubRequest
from services.content.syndication.hub.topic import Topic
from shared.problem import NotFound
from shared.schedule import LEASE

if TYPE_CHECKING:
    from services.content.registry.models import Column, Site

served = aliased(Follower)


async def is_public(session: AsyncSession, topic: Topic) -> bool:
    """Say whether readers find a feed, by this address."""
    return await _source(session, topic) is not None


async def feed(session: AsyncSession, topic: Topic) -> bytes | None:
    """Return what a feed says now; nothing of one that is public no more, or was merged away."""
    source = await _source(session, topic)
    if source is None:
        return None
    site, column = source
    if column is None:
        told = await feeds.of_site(session, site)
    else:
        told = await feeds.of_column(session, column, site)
    return written(Form.ATOM, told.channel, told.newest.items, topic.topic)


async def _source(session: AsyncSession, topic: Topic) -> tuple[Site, Column | None] | None:
    try:
        if topic.column_id is None:
            return await registry.public_site(session, topic.site_code or ""), None
        column, site = await registry.column_on_site(session, topic.column_id)
    except NotFound:
        return None
    return None if column.merged_into else (site, column)


async def waiting(session: AsyncSession, host: str) -> tuple[int, int]:
    """Return how many callbacks wait to be asked: of one host, and of all."""
    of_host = func.count().filter(HubRequest.host == host)
    row = (await session.execute(select(of_host, func.count()).select_from(HubRequest))).one()
    return row[0], row[1]


async def followed(session: AsyncSession, host: str, now: datetime) -> int:
    """Return how many feeds the callbacks of a host follow."""
    question = select(func.count(Follower.id)).where(
        Follower.host == host, Follower.follows_until > now
    )
    return await session.scalar(question) or 0


async def request_locked(session: AsyncSession, request_id: UUID) -> HubRequest | None:
    """Return what was asked, locked, unless something else was asked since."""
    question = select(HubRequest).where(HubRequest.id == request_id)
    return await session.scalar(question.with_for_update())


async def follower(session: AsyncSession, topic: str, callback: str) -> Follower | None:
    """Return a callback that follows a feed, locked."""
    question = select(Follower).where(Follower.topic == topic, Follower.callback == callback)
    return await session.scalar(question.with_for_update())


async def follower_locked(session: AsyncSession, follower_id: UUID) -> Follower | None:
    """Return a follower, locked, unless it left."""
    question = select(Follower).where(Follower.id == follower_id)
    return await session.scalar(question.with_for_update())


async def take(session: AsyncSession, now: datetime, most: int) -> Sequence[Follower]:
    """Lease up to `most` followers whose feed has changed, of each host the one waiting longest.

    A host is handed one feed at a time, however many its callbacks follow.
    """
    free = or_(Follower.leased_until.is_(None), Follower.leased_until <= now)
    is_served = exists().where(served.host == Follower.host, served.leased_until > now)
    place = func.row_number().over(
        partition_by=Follower.host, order_by=(Follower.due_at, Follower.id)
    )
    ranked = (
        select(Follower.id, place.label("place"))
        .where(Follower.due_at <= now, free, ~is_served)
        .subquery()
    )
    first = select(ranked.c.id).where(ranked.c.place == 1)
    question = select(Follower).where(Follower.id.in_(first), Follower.due_at <= now, free)
    question = question.order_by(Follower.due_at).limit(most)
    rows = (await session.scalars(question.with_for_update(skip_locked=True))).all()
    for row in rows:
        row.leased_until, row.attempts = now + LEASE, row.attempts + 1
    return rows
