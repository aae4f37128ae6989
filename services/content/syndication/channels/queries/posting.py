"""Which channel is served next, and what it may be sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.syndication.channels.models import Channel, ChannelPost
from services.content.syndication.channels.progress import tomorrow
from shared.auth import upward
from shared.contracts.channels import PostState

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def channels_to_serve(now: datetime, most: int) -> Select[Channel]:
    """Ask for the channels that something can be done at, the longest waiting first, locked.

    One step at a time is taken at a channel, so that its limits and its token have one user.
    """
    head = (
        select(ChannelPost.due_at)
        .where(*_takeable(now))
        .order_by(ChannelPost.due_at)
        .limit(1)
        .lateral()
    )
    under_way = exists().where(
        ChannelPost.channel_id == Channel.id, ChannelPost.leased_until > now
    )
    return (
        select(Channel)
        .join(head, true())
        .where(
            Channel.ended_at.is_(None),
            Channel.fault_code.is_(None),
            or_(Channel.rests_until.is_(None), Channel.rests_until <= now),
            ~under_way,
        )
        .order_by(head.c.due_at)
        .limit(most)
        .with_for_update(of=Channel, skip_locked=True)
    )


async def post_to_take(
    session: AsyncSession, channel: Channel, now: datetime, *, may_post: bool
) -> ChannelPost | None:
    """Return what a locked channel is to do next, locked: what is to be gone comes first."""
    question = select(ChannelPost).join(Channel, Channel.id == ChannelPost.channel_id)
    question = question.where(Channel.id == channel.id, *_takeable(now))
    if not may_post:
        question = question.where(_is_no_new_post())
    order = (ChannelPost.unwanted.is_(None), ChannelPost.due_at, ChannelPost.id)
    question = question.order_by(*order).limit(1).with_for_update(of=ChannelPost)
    return await session.scalar(question)


async def posts_from(session: AsyncSession, channel: Channel, now: datetime) -> datetime | None:
    """Return when a channel may be posted to again, if its limits are used up."""
    next_day = tomorrow(now)
    sent = ChannelPost.sent_at
    question = select(
        func.count().filter(sent >= next_day - DAY),
        func.count().filter(sent > now - MINUTE),
        func.min(sent).filter(sent > now - MINUTE),
    ).where(ChannelPost.channel_id == channel.id, sent >= min(next_day - DAY, now - MINUTE))
    today, lately, first = (await session.execute(question)).one()
    if today >= channel.per_day:
        return next_day
    if lately >= channel.per_minute and first is not None:
        until: datetime = first + MINUTE
        return until
    return None


async def channels_of(session: AsyncSession, site_code: str, sponsoring: str) -> Sequence[Channel]:
    """Return the channels an item of a site may go to, in a fixed order, locked."""
    question = select(Channel).where(
        Channel.ended_at.is_(None),
        or_(
            Channel.site_code == site_code,
            and_(Channel.site_code.is_(None), Channel.owner.in_(upward(sponsoring))),
        ),
    )
    return (await session.scalars(question.order_by(Channel.id).with_for_update())).all()


async def posts_about(
    session: AsyncSession, item_id: UUID, channel_ids: Sequence[UUID] | None = None
) -> Sequence[ChannelPost]:
    """Return the posts of an item that are wanted, on these channels or all, locked."""
    question = select(ChannelPost).where(
        ChannelPost.item_id == item_id, ChannelPost.unwanted.is_(None)
    )
    if channel_ids is not None:
        question = question.where(ChannelPost.channel_id.in_(channel_ids))
    return (await session.scalars(question.order_by(ChannelPost.id).with_for_update())).all()


async def channel_ids_with(session: AsyncSession, item_id: UUID) -> Sequence[UUID]:
    """Return the channels an item was ever posted to."""
    question = select(ChannelPost.channel_id).where(ChannelPost.item_id == item_id)
    return (await session.scalars(question.distinct())).all()


async def channels_locked(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Channel]:
    """Return these channels, ended ones too, in a fixed order, locked."""
    question = select(Channel).where(Channel.id.in_(ids)).order_by(Channel.id)
    return (await session.scalars(question.with_for_update())).all()


async def post_locked(session: AsyncSession, post_id: UUID) -> ChannelPost:
    """Return a post, locked until the transaction ends."""
    question = select(ChannelPost).where(ChannelPost.id == post_id)
    return (await session.scalars(question.with_for_update())).one()


async def known_ids(session: AsyncSession, post: ChannelPost) -> Sequence[str]:
    """Return what the platform calls the other posts of an item on the same channel."""
    question = select(ChannelPost.platform_id).where(
        ChannelPost.channel_id == post.channel_id,
        ChannelPost.item_id == post.item_id,
        ChannelPost.id != post.id,
        ChannelPost.platform_id.is_not(None),
    )
    return [found for found in await session.scalars(question) if found]


def _takeable(now: datetime) -> list[ColumnElement[bool]]:
    may_post = and_(
        Channel.paused.is_(False),
        or_(Channel.posts_from.is_(None), Channel.posts_from <= now),
    )
    return [
        ChannelPost.channel_id == Channel.id,
        ChannelPost.due_at <= now,
        or_(ChannelPost.leased_until.is_(None), ChannelPost.leased_until <= now),
        or_(_is_no_new_post(), may_post),
    ]


def _is_no_new_post() -> ColumnElement[bool]:
    return or_(ChannelPost.state != PostState.WAITING, ChannelPost.unwanted.is_not(None))
