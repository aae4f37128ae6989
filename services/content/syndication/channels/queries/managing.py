"""Questions of people about channels and their posts."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.syndication.channels.models import Channel, ChannelPost, PostAttempt
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import channels as contracts
from shared.contracts.channels import PostState
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

CHANNELS = Listing("channels", contracts.Channel, [(Channel.id, UUID)])
POSTS = Listing("channel-posts", contracts.ChannelPost, [(ChannelPost.id, UUID)])
ATTEMPTS = Listing("channel-post-attempts", contracts.PostAttempt, [(PostAttempt.id, UUID)])


async def channels(
    session: AsyncSession, actor: Actor, site_code: str | None, asked: Asked
) -> Page[contracts.Channel]:
    """Return one page of the channels an actor may administer or post to, newest first."""
    question = _known(actor)
    if site_code is not None:
        question = question.where(Channel.site_code == site_code)
    return await CHANNELS.turn(session, question, asked)


async def channel(session: AsyncSession, actor: Actor, channel_id: UUID) -> Channel:
    """Return a channel an actor may administer or post to, or refuse as if there were none."""
    return _found(await session.scalar(_known(actor).where(Channel.id == channel_id)))


async def channel_to_change(session: AsyncSession, actor: Actor, channel_id: UUID) -> Channel:
    """Return a channel the actor administers, locked, or refuse as if there were none."""
    return await _locked(session, channel_id, _may(actor, Permission.ADMINISTER))


async def channel_to_post_to(session: AsyncSession, actor: Actor, channel_id: UUID) -> Channel:
    """Return a channel the actor may post to, locked, or refuse as if there were none."""
    return await _locked(session, channel_id, _may(actor, Permission.RELEASE))


async def posts(
    session: AsyncSession,
    channel_id: UUID,
    asked: Asked,
    *,
    state: PostState | None = None,
    item_id: UUID | None = None,
    outdated: bool | None = None,
) -> Page[contracts.ChannelPost]:
    """Return one page of a channel's posts, newest first."""
    question = select(ChannelPost).where(ChannelPost.channel_id == channel_id)
    if state is not None:
        question = question.where(ChannelPost.state == state)
    if item_id is not None:
        question = question.where(ChannelPost.item_id == item_id)
    if outdated is not None:
        since = ChannelPost.outdated_at
        question = question.where(since.is_not(None) if outdated else since.is_(None))
    return await POSTS.turn(session, question, asked)


async def post(session: AsyncSession, channel_id: UUID, post_id: UUID) -> ChannelPost:
    """Return a post of a channel, or refuse as if there were none."""
    found = await session.scalar(_post(channel_id, post_id))
    if found is None:
        raise NotFound("没有这条渠道推送。")
    return found


async def post_to_change(session: AsyncSession, channel_id: UUID, post_id: UUID) -> ChannelPost:
    """Return the same, locked until the transaction ends."""
    found = await session.scalar(_post(channel_id, post_id).with_for_update())
    if found is None:
        raise NotFound("没有这条渠道推送。")
    return found


async def attempts(
    session: AsyncSession, post_id: UUID, asked: Asked
) -> Page[contracts.PostAttempt]:
    """Return one page of the steps of a post, latest first."""
    question = select(PostAttempt).where(PostAttempt.post_id == post_id)
    return await ATTEMPTS.turn(session, question, asked)


async def _locked(session: AsyncSession, channel_id: UUID, may: ColumnElement[bool]) -> Channel:
    question = select(Channel).where(Channel.id == channel_id, Channel.ended_at.is_(None), may)
    return _found(await session.scalar(question.with_for_update()))


def _post(channel_id: UUID, post_id: UUID) -> Select[ChannelPost]:
    return select(ChannelPost).where(
        ChannelPost.id == post_id, ChannelPost.channel_id == channel_id
    )


def _known(actor: Actor) -> Select[Channel]:
    may = or_(_may(actor, Permission.ADMINISTER), _may(actor, Permission.RELEASE))
    return select(Channel).where(Channel.ended_at.is_(None), may)


def _may(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    return reached(actor, permission, Channel.owner, site=Channel.site_code)


def _found(channel: Channel | None) -> Channel:
    if channel is None:
        raise NotFound("没有这个渠道。")
    return channel
