"""Questions about upstream feeds and how they answered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.syndication.intake.models import (
    FeedPoll,
    FeedStanding,
    UpstreamEntry,
    UpstreamFeed,
)
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import upstream_feeds as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

FEEDS = Listing("upstream-feeds", contracts.UpstreamFeed, [(UpstreamFeed.id, UUID)])
POLLS = Listing("upstream-polls", contracts.FeedPoll, [(FeedPoll.id, UUID)])


async def feeds(
    session: AsyncSession,
    actor: Actor,
    state: contracts.FeedState | None,
    asked: Asked,
    *,
    faulty: bool | None,
) -> Page[contracts.UpstreamFeed]:
    """Return one page of the feeds an actor may know of; of those ended only when asked so."""
    question = _known(actor).join(FeedStanding)
    wanted = FeedStanding.state != contracts.FeedState.ENDED
    question = question.where(wanted if state is None else FeedStanding.state == state)
    if faulty is not None:
        question = question.where(FeedStanding.message.is_not(None) == faulty)
    return await FEEDS.turn(session, question, asked)


async def feed(session: AsyncSession, actor: Actor, feed_id: UUID) -> UpstreamFeed:
    """Return a feed an actor may know of, or refuse as if there were none."""
    return _found(await session.scalar(_known(actor).where(UpstreamFeed.id == feed_id)))


async def feed_to_change(session: AsyncSession, actor: Actor, feed_id: UUID) -> UpstreamFeed:
    """Return a feed an actor may know of, locked."""
    question = _known(actor).where(UpstreamFeed.id == feed_id).with_for_update()
    return _found(await session.scalar(question))


async def feed_polled(session: AsyncSession, feed_id: UUID) -> UpstreamFeed:
    """Return a feed with its standing, both locked."""
    question = (
        select(UpstreamFeed)
        .options(joinedload(UpstreamFeed.standing, innerjoin=True))
        .where(UpstreamFeed.id == feed_id)
        .with_for_update()
    )
    return (await session.scalars(question)).one()


async def has_feed(session: AsyncSession, organization: str, url: str) -> UUID | None:
    """Return the feed that is read for an organization at an address, if one is."""
    question = select(UpstreamFeed.id).where(
        UpstreamFeed.organization == organization,
        UpstreamFeed.url == url,
        UpstreamFeed.ended_at.is_(None),
    )
    return await session.scalar(question)


async def polls(session: AsyncSession, feed_id: UUID, asked: Asked) -> Page[contracts.FeedPoll]:
    """Return one page of what came of asking a feed, latest first."""
    question = select(FeedPoll).where(FeedPoll.feed_id == feed_id)
    return await POLLS.turn(session, question, asked)


async def forget_polls(session: AsyncSession, feed_id: UUID, before: datetime) -> None:
    """Forget the polls of a feed before an instant."""
    old = delete(FeedPoll).where(FeedPoll.feed_id == feed_id, FeedPoll.at < before)
    await session.execute(old)


async def let_rest(session: AsyncSession, host: str, until: datetime) -> None:
    """Leave all feeds of a host alone until then."""
    await session.execute(
        update(FeedStanding)
        .where(FeedStanding.host == host, FeedStanding.due_at.is_not(None))
        .values(rests_until=until, due_at=func.greatest(FeedStanding.due_at, until))
        .execution_options(synchronize_session=False)
    )


async def put_off(session: AsyncSession, ids: Collection[UUID], until: datetime) -> None:
    """Give feeds back that were claimed beside another of the same host."""
    await session.execute(
        update(FeedStanding)
        .where(FeedStanding.id.in_(ids))
        .values(due_at=until, leased_until=None)
        .execution_options(synchronize_session=False)
    )


async def published(session: AsyncSession, feed_id: UUID, most: int) -> Sequence[datetime]:
    """Return when the latest entries of a feed were published."""
    question = (
        select(UpstreamEntry.published_at)
        .where(UpstreamEntry.feed_id == feed_id, UpstreamEntry.published_at.is_not(None))
        .order_by(UpstreamEntry.published_at.desc())
        .limit(most)
    )
    return [at for at in await session.scalars(question) if at is not None]


async def entries_keyed(
    session: AsyncSession, feed_id: UUID, keys: Collection[str]
) -> Mapping[str, UpstreamEntry]:
    """Return the entries of a feed that have one of these keys, locked."""
    question = (
        select(UpstreamEntry)
        .where(UpstreamEntry.feed_id == feed_id, UpstreamEntry.key.in_(keys))
        .order_by(UpstreamEntry.id)
        .with_for_update()
    )
    return {entry.key: entry for entry in await session.scalars(question)}


async def one_at_a_time(session: AsyncSession, organization: str) -> None:
    """Let the entries of an organization be settled one after the other, so that none is twice."""
    key = func.hashtextextended(f"intake:{organization}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


def _known(actor: Actor) -> Select[UpstreamFeed]:
    return (
        select(UpstreamFeed)
        .options(joinedload(UpstreamFeed.standing, innerjoin=True))
        .where(reached(actor, Permission.READ_DRAFTS, UpstreamFeed.organization))
    )


def _found(feed: UpstreamFeed | None) -> UpstreamFeed:
    if feed is None:
        raise NotFound("没有这个上级信息源。")
    return feed
