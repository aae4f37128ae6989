"""What becomes of posts when the public state or a site's sponsor has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.channels.models import Channel, ChannelPost
from services.content.syndication.channels.progress import OPEN
from services.content.syndication.channels.queries import posting as queries
from services.content.syndication.channels.rule import Released, goes
from services.content.syndication.partners.queries.subscribing import matter_of
from shared.contracts.channels import (
    ChannelPostSettled,
    OnCorrection,
    PostState,
    Unwanted,
)
from shared.ids import new_id

if TYPE_CHECKING:
    from services.content.release.models import Live
    from shared.contracts.content import ItemReleased, ItemWithdrawn
    from shared.contracts.site_life import SiteChanged
    from shared.uow import UnitOfWork

ENDED = ("channel_ended", "渠道已停用，请到平台删除。")


async def follow_release(uow: UnitOfWork, released: ItemReleased) -> None:
    """Post an item to the channels that take it, once for each text; flag what it outdates."""
    item = (await public.live(uow.session, [released.item_id])).get(released.item_id)
    if item is None:  # withdrawn since
        return
    matter, _ = await matter_of(uow.session, released)
    site = await registry.site(uow.session, item.site_code)
    asked = Released(matter, site.sponsoring, str(item.column_id), item.origin_item_id is not None)
    channels = await queries.channels_of(uow.session, item.site_code, site.sponsoring)
    posts = await queries.posts_about(
        uow.session, item.item_id, [channel.id for channel in channels]
    )
    for channel in channels:
        of_channel = [post for post in posts if post.channel_id == channel.id]
        open_ones = [post for post in of_channel if post.state in OPEN]
        for post in open_ones:
            await follow_text(uow, channel, post, item)
        tried = any(post.content_hash == item.content_hash for post in of_channel)
        if not open_ones and not tried and goes(channel.rule, asked):
            await make_post(uow, channel, item.item_id)


async def follow_withdrawal(uow: UnitOfWork, withdrawn: ItemWithdrawn) -> None:
    """Have every post of a withdrawn item deleted, also on channels that are paused."""
    # Channels first, as whoever takes or records a step locks them.
    ids = await queries.channel_ids_with(uow.session, withdrawn.item_id)
    channels = {each.id: each for each in await queries.channels_locked(uow.session, ids)}
    for post in await queries.posts_about(uow.session, withdrawn.item_id):
        want_no_more(uow, channels[post.channel_id], post, Unwanted.WITHDRAWN)


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let a site's channels be those of whoever sponsors it now."""
    of_site = update(Channel).where(Channel.site_code == told.code)
    await uow.session.execute(
        of_site.where(Channel.owner != told.sponsoring)
        .values(owner=told.sponsoring)
        .execution_options(synchronize_session=False)
    )


async def follow_text(uow: UnitOfWork, channel: Channel, post: ChannelPost, item: Live) -> None:
    """Flag a post whose text is no longer the public one, or replace it if the channel says so.

    A post that waits needs nothing: it says what is public when it is sent.
    """
    if post.state is PostState.WAITING or post.content_hash == item.content_hash:
        return
    post.outdated_at = post.outdated_at or uow.now
    if channel.on_correction is OnCorrection.REPLACE:
        await make_post(uow, channel, item.item_id, replaces=post.id)


async def make_post(
    uow: UnitOfWork,
    channel: Channel,
    item_id: UUID,
    *,
    replaces: UUID | None = None,
    ordered_by: str | None = None,
) -> UUID | None:
    """Let an item wait for a channel, unless it does; return which post that is."""
    row = {
        "id": new_id(),
        "channel_id": channel.id,
        "item_id": item_id,
        "state": PostState.WAITING,
        "replaces_id": replaces,
        "ordered_by": ordered_by,
        "made_at": uow.now,
        "due_at": uow.now,
        "unsure": False,
        "looks": 0,
        "version": 1,
    }
    new = insert(ChannelPost).values(row).on_conflict_do_nothing().returning(ChannelPost.id)
    return await uow.session.scalar(new)


def want_no_more(uow: UnitOfWork, channel: Channel, post: ChannelPost, why: Unwanted) -> None:
    """Let a post be gone: cancelled if nothing of it is on the platform, else deleted there."""
    nothing_there = post.draft_id is None and not post.unsure and post.leased_until is None
    failed = post.state is PostState.FAILED
    if post.state not in OPEN and not failed:
        return
    if failed and nothing_there:
        return
    post.unwanted, post.outdated_at = why, None
    post.attempts = post.looks = 0
    if failed:
        post.state = PostState.SUBMITTED if post.publish_id else PostState.WAITING
    if post.state is PostState.WAITING and nothing_there:
        post.state, post.due_at = PostState.CANCELLED, None
    elif channel.ended_at is not None:
        post.state, post.due_at = PostState.STANDING, None
        post.code, post.words = ENDED
    else:
        post.due_at = uow.now
        return
    announce_settled(uow, post)


def announce_settled(uow: UnitOfWork, post: ChannelPost) -> None:
    """Announce where a post has come to."""
    uow.announce(
        ChannelPostSettled(
            post_id=post.id,
            channel_id=post.channel_id,
            item_id=post.item_id,
            state=post.state,
            content_hash=post.content_hash,
            platform_id=post.platform_id,
            code=post.code,
        )
    )
