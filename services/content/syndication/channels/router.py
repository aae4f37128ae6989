"""HTTP of channels and of what is posted to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.content.syndication.channels.commands import opening, ordering
from services.content.syndication.channels.queries import managing as queries
from services.content.syndication.channels.queries import saying
from services.content.syndication.channels.sealing import ChannelKey
from services.content.syndication.partners.router import MayCall
from shared.contracts.channels import (
    Channel,
    ChannelPost,
    ChannelTerms,
    NewChannel,
    NewChannelPost,
    NewChannelSecret,
    PostAttempt,
    PostPreview,
    PostState,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/channels", tags=["syndication"])


async def channel_key(request: Request) -> ChannelKey:
    """Return the key this application seals channels' secrets with."""
    key: ChannelKey = request.app.state.channel_key
    return key


Key = Annotated[ChannelKey, Depends(channel_key)]


@router.post("", status_code=201, response_model=Channel)
async def open_channel(new: NewChannel, begin: BeginAct, key: Key, allowed: MayCall) -> Response:
    """Let released items go to an account of a site, or of all sites of an organization."""
    async with begin() as uow:
        channel = await opening.open_channel(uow, new, key, allowed)
        return await uow.answer(Channel, channel, 201)


@router.get("")
async def list_channels(
    actor: Somebody, session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[Channel]:
    """Return the channels the bearer administers or may post to, newest first."""
    return await queries.channels(session, actor, site_code, page)


@router.get("/{channel_id}", response_model=Channel)
async def read_channel(channel_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a channel the bearer administers or may post to."""
    return await queries.channel(session, actor, channel_id)


@router.put("/{channel_id}", response_model=Channel)
async def change_channel(
    channel_id: UUID, terms: ChannelTerms, if_match: IfMatch, begin: BeginAct, allowed: MayCall
) -> Response:
    """Change what a channel takes and how; what waits is posted by the new terms."""
    async with begin() as uow:
        changed = await opening.change_channel(uow, channel_id, terms, allowed, version=if_match)
        return await uow.answer(Channel, changed)


@router.delete("/{channel_id}", response_model=Channel)
async def end_channel(channel_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Post nothing more and erase the secret; what is public on the platform stays there."""
    async with begin() as uow:
        ended = await opening.end_channel(uow, channel_id, version=if_match)
        return await uow.answer(Channel, ended)


@router.post("/{channel_id}/secret", response_model=Channel)
async def replace_secret(
    channel_id: UUID, new: NewChannelSecret, if_match: IfMatch, begin: BeginAct, key: Key
) -> Response:
    """Take a new secret and forget the former one at once."""
    async with begin() as uow:
        channel = await opening.replace_secret(uow, channel_id, new.secret, key, version=if_match)
        return await uow.answer(Channel, channel)


@router.post("/{channel_id}/pause", response_model=Channel)
async def pause_channel(channel_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Post nothing new until the channel is resumed; withdrawals are carried out."""
    async with begin() as uow:
        paused = await opening.pause_channel(uow, channel_id, version=if_match)
        return await uow.answer(Channel, paused)


@router.post("/{channel_id}/resumption", response_model=Channel)
async def resume_channel(channel_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Post again, after a pause or after the platform refused the account."""
    async with begin() as uow:
        resumed = await opening.resume_channel(uow, channel_id, version=if_match)
        return await uow.answer(Channel, resumed)


@router.get("/{channel_id}/preview")
async def preview_post(
    channel_id: UUID, item_id: UUID, actor: Somebody, session: Reading
) -> PostPreview:
    """Return what a post of a public item would say now."""
    channel = await queries.channel(session, actor, channel_id)
    item = await saying.public_item(session, channel, item_id)
    return PostPreview.model_validate(
        await saying.saying_of(session, channel, item), from_attributes=True
    )


@router.post("/{channel_id}/posts", status_code=202, response_model=ChannelPost)
async def order_post(channel_id: UUID, new: NewChannelPost, begin: BeginAct) -> Response:
    """Post a public item whatever the rule says; a post of a former text is then deleted."""
    async with begin() as uow:
        ordered = await ordering.order_post(uow, channel_id, new.item_id)
        return await uow.answer(ChannelPost, ordered, 202)


@router.get("/{channel_id}/posts")
async def list_posts(
    channel_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: PostState | None = None,
    item_id: UUID | None = None,
    outdated: bool | None = None,  # noqa: FBT001  # a filter of the address
) -> Page[ChannelPost]:
    """Return a channel's posts and how each went, newest first."""
    channel = await queries.channel(session, actor, channel_id)
    return await queries.posts(
        session, channel.id, page, state=state, item_id=item_id, outdated=outdated
    )


@router.post("/{channel_id}/posts/{channel_post_id}/retry", response_model=ChannelPost)
async def retry_post(
    channel_id: UUID, channel_post_id: UUID, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Try a post that failed once more, or once more to delete one that stands."""
    async with begin() as uow:
        post = await ordering.retry_post(uow, channel_id, channel_post_id, version=if_match)
        return await uow.answer(ChannelPost, post)


@router.get("/{channel_id}/posts/{channel_post_id}/attempts")
async def list_attempts(
    channel_id: UUID, channel_post_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[PostAttempt]:
    """Return the steps of a post, latest first; of the platform's answers no bodies are kept."""
    channel = await queries.channel(session, actor, channel_id)
    post = await queries.post(session, channel.id, channel_post_id)
    return await queries.attempts(session, post.id, page)
