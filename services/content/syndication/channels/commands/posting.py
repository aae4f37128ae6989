"""Taking the next step at a channel, and noting what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import update

from services.content.release.queries import standing as public
from services.content.syndication.channels.account import Found
from services.content.syndication.channels.commands.following import (
    announce_settled,
    follow_text,
    want_no_more,
)
from services.content.syndication.channels.models import Channel, ChannelPost, PostAttempt
from services.content.syndication.channels.platform import Means, Told
from services.content.syndication.channels.progress import (
    AWAY,
    NOT_THERE,
    SENDING,
    Standing,
    after,
    blocks,
    next_step,
    tomorrow,
    until_shown,
)
from services.content.syndication.channels.queries import posting as queries
from services.content.syndication.channels.queries.saying import CoverPlace, Said, said_of
from services.content.syndication.channels.saying import TooLong
from services.content.syndication.channels.sealing import TOKEN, ChannelKey
from services.content.syndication.partners.retry import rest
from shared.contracts.channels import (
    ChannelAct,
    ChannelChanged,
    PostState,
    Step,
    Unwanted,
)
from shared.schedule import LEASE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from services.content.release.models import Live
    from services.content.syndication.channels.account import Outcome
    from services.content.syndication.channels.saying import Saying
    from shared.uow import BeginAs, UnitOfWork

SETTLED = frozenset(PostState) - {PostState.WAITING, PostState.SUBMITTED}
TOO_LONG = Told(Means.REFUSED, "too_long", "原文链接过长，模板放不下")


class Leased(NamedTuple):
    """A step that one worker may take: for which post, at which channel, and what it says."""

    step: Step
    post: ChannelPost
    channel: Channel
    saying: Saying | None = None
    cover: CoverPlace | None = None
    known: Collection[str] = ()

    @property
    def found(self) -> Found:
        """What the platform calls the post so far."""
        post = self.post
        return Found(post.draft_id, post.publish_id, post.platform_id, post.url)


async def take(begin: BeginAs, clock: Any, now: datetime, *, most: int) -> Sequence[Leased]:
    """Lease a step at up to `most` channels, one at each.

    What a post says is settled now, of what is public now.
    """
    leased: list[Leased] = []
    async with begin(clock, "channels") as uow:
        for channel in await uow.session.scalars(queries.channels_to_serve(now, most)):
            found = await _take_at(uow, channel, now)
            leased += [found] if found else []
    return leased


async def record(
    uow: UnitOfWork,
    leased: Leased,
    outcome: Outcome,
    at: datetime,
    key: ChannelKey,
    *,
    chance: float,
) -> None:
    """Note how a step went, and what follows from it for the post and for the channel."""
    (channel,) = await queries.channels_locked(uow.session, [leased.channel.id])
    await _note_answer(uow, channel, leased, outcome, key)
    post = await queries.post_locked(uow.session, leased.post.id)
    _keep_attempt(uow, post, leased.step, outcome, at)
    if post.leased_until != leased.post.leased_until:
        return  # the lease ran out, and another worker has gone on
    post.leased_until = post.under_way = None
    before = post.state
    _go_on(post, leased.step, outcome, uow.now, chance)
    if channel.ended_at is not None and post.due_at is not None:
        post.due_at = None
    if post.state is not before and post.state in SETTLED:
        await _settle(uow, channel, post)


async def _take_at(uow: UnitOfWork, channel: Channel, now: datetime) -> Leased | None:
    used_up = await queries.posts_from(uow.session, channel, now)
    if used_up is not None:
        await _note(uow, channel, posts_from=used_up)
    post = await queries.post_to_take(uow.session, channel, now, may_post=used_up is None)
    if post is None:
        return None
    if _must_be_given_time(post, now):
        return None
    item = await _public(uow.session, post)
    if item is None and post.state is PostState.WAITING and post.unwanted is None:
        want_no_more(uow, channel, post, Unwanted.WITHDRAWN)
    if post.due_at is None:
        return None
    step = next_step(channel.kind, _standing(post, item, now))
    if step is None:
        post.state, post.due_at = PostState.CANCELLED, None
        announce_settled(uow, post)
        return None
    return await _lease(uow, channel, post, step, item, now)


def _must_be_given_time(post: ChannelPost, now: datetime) -> bool:
    """Say whether it is too early to look for a post whose worker died before it told."""
    died = post.leased_until is not None and post.under_way in SENDING
    post.leased_until = None
    if not died:
        return False
    post.unsure, post.due_at = True, (post.sent_at or now) + until_shown()
    return post.due_at > now


async def _lease(
    uow: UnitOfWork,
    channel: Channel,
    post: ChannelPost,
    step: Step,
    item: Live | None,
    now: datetime,
) -> Leased | None:
    said: Said | None = None
    if step in {Step.DRAFT, Step.SHARE} and item is not None:
        try:
            said = await said_of(uow.session, channel, item)
        except TooLong:
            post.state, post.due_at = PostState.FAILED, None
            post.code, post.words = TOO_LONG.code, TOO_LONG.words
            announce_settled(uow, post)
            return None
        post.content_hash, post.said = item.content_hash, said.as_known
    post.under_way, post.leased_until = step, now + LEASE
    post.attempts += 1
    if step in SENDING:
        post.sent_at = now
    known = await queries.known_ids(uow.session, post) if step is Step.LOOK_UP else ()
    await uow.session.flush()
    if said is None:
        return Leased(step, post, channel, known=known)
    return Leased(step, post, channel, said.saying, said.cover)


async def _public(session: AsyncSession, post: ChannelPost) -> Live | None:
    return (await public.live(session, [post.item_id])).get(post.item_id)


def _standing(post: ChannelPost, item: Live | None, now: datetime) -> Standing:
    otherwise = item is not None and item.content_hash != post.content_hash
    return Standing(
        post.state,
        post.unwanted,
        post.unsure,
        post.draft_id,
        otherwise,
        post.looks,
        post.attempts,
        now - (post.sent_at or now),
    )


def _keep_attempt(
    uow: UnitOfWork, post: ChannelPost, step: Step, outcome: Outcome, at: datetime
) -> None:
    told, reply = outcome.told, outcome.reply
    uow.session.add(
        PostAttempt(
            post_id=post.id,
            at=at,
            step=step,
            status=reply.status,
            fault=reply.fault,
            code=told.code,
            words=told.words,
            milliseconds=round(reply.took.total_seconds() * 1000),
        )
    )


def _go_on(post: ChannelPost, step: Step, outcome: Outcome, now: datetime, chance: float) -> None:
    """Change a post as the answer to its step tells."""
    told, found = outcome.told, outcome.found
    looked = step is Step.LOOK_UP
    standing = _standing(post, None, now)._replace(looks=post.looks + looked)
    nxt = after(step, told, standing, now=now, chance=chance)
    post.looks += looked
    if told.means not in AWAY:
        post.attempts = 0
    post.code, post.words = told.code, nxt.words or told.words
    for name, value in found._asdict().items():
        if value is not None:
            setattr(post, name, value)
    if outcome.cover_media is not None:
        post.cover_media = outcome.cover_media
    if step is Step.DRAFT and told.means is Means.GONE:
        post.cover_media = None
    if _is_used_up(step, told.means):
        post.draft_id = post.publish_id = None
    if step in SENDING and told.means not in {Means.DONE, Means.ACCEPTED, Means.LOST}:
        post.sent_at = None  # it was not posted, and counts against no limit
    post.state, post.unsure = nxt.state, nxt.unsure
    post.due_at = None if nxt.wait is None else now + nxt.wait


def _is_used_up(step: Step, means: Means) -> bool:
    """Say whether a draft is no more: dropped, or refused after it was submitted."""
    dropped = step is Step.DROP_DRAFT and means in NOT_THERE
    return dropped or (step is Step.POLL and means is Means.REFUSED)


async def _settle(uow: UnitOfWork, channel: Channel, post: ChannelPost) -> None:
    """Do what follows when a post has come to where it stays."""
    if post.state is PostState.PUBLISHED:
        post.published_at = uow.now
        item = await _public(uow.session, post)
        if item is not None and post.unwanted is None:
            await follow_text(uow, channel, post, item)
        if post.replaces_id is not None:
            former = await queries.post_locked(uow.session, post.replaces_id)
            want_no_more(uow, channel, former, Unwanted.REPLACED)
    if post.state is PostState.DELETED:
        post.deleted_at = uow.now
    if post.state in {PostState.DELETED, PostState.CANCELLED}:
        post.said = None
    announce_settled(uow, post)


async def _note_answer(
    uow: UnitOfWork,
    channel: Channel,
    leased: Leased,
    outcome: Outcome,
    key: ChannelKey,
) -> None:
    """Note how the platform answered: the token, the cover's name, its failures and limits."""
    told, reply, noted = outcome.told, outcome.reply, dict[str, Any]()
    if outcome.token is not None and channel.sealed_secret == leased.channel.sealed_secret:
        noted["sealed_token"] = key.close(channel.id, TOKEN, outcome.token.text)
        noted["token_until"] = outcome.token.until
    if leased.cover is not None and leased.cover.of_channel:
        gone = told.means is Means.GONE
        noted["cover_media"] = None if gone else outcome.cover_media or channel.cover_media
    if told.means in AWAY:
        noted["failures"] = failures = channel.failures + 1
        noted["rests_until"] = uow.now + rest(reply, failures, uow.now)
    else:
        noted |= {"failures": 0, "rests_until": None}
    if told.means is Means.DAILY and leased.step in {Step.DRAFT, *SENDING}:
        noted["posts_from"] = tomorrow(uow.now)
    await _note(uow, channel, **noted)
    if blocks(leased.step, told.means) and channel.fault_code is None:
        channel.fault_code, channel.fault_words = told.code or told.means, told.words
        changed = ChannelChanged(
            channel_id=channel.id, owner=channel.owner, act=ChannelAct.BLOCKED
        )
        uow.announce(changed)


async def _note(uow: UnitOfWork, channel: Channel, **noted: Any) -> None:
    """Note how a platform answers beside the version, which counts what people change."""
    await uow.session.execute(
        update(Channel)
        .where(Channel.id == channel.id)
        .values(noted)
        .execution_options(synchronize_session=False)
    )
