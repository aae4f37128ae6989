"""What clerks order: posting an item, and trying once more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from services.content.syndication.channels.commands.following import make_post
from services.content.syndication.channels.models import ChannelPost
from services.content.syndication.channels.queries import managing as queries
from services.content.syndication.channels.queries import posting
from services.content.syndication.channels.queries.saying import public_item
from shared.contracts.channels import PostState
from shared.problem import Conflict
from shared.uow import expect

if TYPE_CHECKING:
    from shared.uow import UnitOfWork


class AlreadyPosted(Conflict):
    """The item's present text is on the channel, or waits for it."""

    advice = "该内容的当前文本已推送到此渠道，或正在等待推送。"


class PerhapsPosted(Conflict):
    """A former post of the item may be public: it is looked for by trying that one again."""

    advice = "原推送是否已发布尚不明确，请先重试原推送，由系统到平台核对。"


class NothingToRetry(Conflict):
    """Only a post that failed, or that could not be deleted, is tried again."""

    advice = "只有失败的推送或未能删除的推送可以重试。"


async def order_post(uow: UnitOfWork, channel_id: UUID, item_id: UUID) -> ChannelPost:
    """Post a public item to a channel whatever its rule says; a former text of it is replaced."""
    channel = await queries.channel_to_post_to(uow.session, uow.actor, channel_id)
    item = await public_item(uow.session, channel, item_id)
    posts = await posting.posts_about(uow.session, item_id, [channel.id])
    if any(post.state is PostState.FAILED and post.unsure for post in posts):
        raise PerhapsPosted
    sent = [post for post in posts if post.state in {PostState.SUBMITTED, PostState.PUBLISHED}]
    if any(post.content_hash == item.content_hash for post in sent):
        raise AlreadyPosted
    former = sent[-1].id if sent else None
    made = await make_post(uow, channel, item_id, replaces=former, ordered_by=uow.actor.id)
    if made is None:
        raise AlreadyPosted
    return await queries.post(uow.session, channel.id, made)


async def retry_post(
    uow: UnitOfWork, channel_id: UUID, post_id: UUID, *, version: int
) -> ChannelPost:
    """Try a post that failed once more, or once more to delete one that stands."""
    channel = await queries.channel_to_post_to(uow.session, uow.actor, channel_id)
    post = await queries.post_to_change(uow.session, channel.id, post_id)
    expect(version, post.version)
    if post.state not in {PostState.FAILED, PostState.STANDING}:
        raise NothingToRetry
    others = await posting.posts_about(uow.session, post.item_id, [channel.id])
    if post.unwanted is None and any(
        other.id != post.id and other.state is PostState.WAITING for other in others
    ):
        raise AlreadyPosted
    post.state = _before(post)
    post.attempts, post.looks, post.due_at = 0, 0, uow.now
    return post


def _before(post: ChannelPost) -> PostState:
    if post.platform_id is not None:
        return PostState.PUBLISHED
    return PostState.SUBMITTED if post.publish_id is not None else PostState.WAITING
