"""Opening, changing and ending channels."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import update

from services.content.assets import queries as assets
from services.content.assets.commands.leaving import keep
from services.content.editorial.vocabulary import vocabularies
from services.content.registry import queries as registry
from services.content.syndication.channels import saying
from services.content.syndication.channels.models import Channel, ChannelPost
from services.content.syndication.channels.platform import platform
from services.content.syndication.channels.queries import managing as queries
from services.content.syndication.channels.sealing import SECRET, ChannelKey
from services.content.syndication.partners.address import faults_of
from shared.auth import Permission
from shared.contracts.channels import (
    ChannelAct,
    ChannelChanged,
    ChannelKind,
    ChannelTerms,
    NewChannel,
    PostState,
)
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import expect

if TYPE_CHECKING:
    from pydantic import AnyHttpUrl

    from shared.destination import Allowed
    from shared.uow import UnitOfWork

SAME = ("name", "app_id", "automatic", "on_correction")
HTTP, HTTPS = "http", "https"


async def open_channel(
    uow: UnitOfWork, new: NewChannel, key: ChannelKey, allowed: Allowed
) -> Channel:
    """Let released items go to an account; its secret is sealed and never shown again."""
    owner = await _owner(uow, new)
    uow.actor.require(Permission.ADMINISTER, owner, site_code=new.site_code)
    channel = Channel(id=new_id(), kind=new.kind, site_code=new.site_code, owner=owner)
    await _agree(uow, channel, new, allowed)
    _close(uow, channel, new.secret, key)
    uow.session.add(channel)
    _announce(uow, channel, ChannelAct.OPENED)
    return channel


async def change_channel(
    uow: UnitOfWork, channel_id: UUID, terms: ChannelTerms, allowed: Allowed, *, version: int
) -> Channel:
    """Change what a channel takes and how; what waits is posted by the new terms."""
    channel = await _to_change(uow, channel_id, version)
    await _agree(uow, channel, terms, allowed)
    channel.sealed_token = channel.token_until = channel.cover_media = None
    _announce(uow, channel, ChannelAct.CHANGED)
    return channel


async def replace_secret(
    uow: UnitOfWork, channel_id: UUID, secret: str, key: ChannelKey, *, version: int
) -> Channel:
    """Take a new secret and forget the former one; what the account was refused for is over."""
    channel = await _to_change(uow, channel_id, version)
    _close(uow, channel, secret, key)
    _hope(channel)
    _announce(uow, channel, ChannelAct.SECRET_REPLACED)
    return channel


async def pause_channel(uow: UnitOfWork, channel_id: UUID, *, version: int) -> Channel:
    """Post nothing new until the channel is resumed."""
    channel = await _to_change(uow, channel_id, version)
    channel.paused = True
    _announce(uow, channel, ChannelAct.PAUSED)
    return channel


async def resume_channel(uow: UnitOfWork, channel_id: UUID, *, version: int) -> Channel:
    """Post again, after a pause or after the platform refused the account."""
    channel = await _to_change(uow, channel_id, version)
    channel.paused, channel.posts_from = False, None
    _hope(channel)
    _announce(uow, channel, ChannelAct.RESUMED)
    return channel


async def end_channel(uow: UnitOfWork, channel_id: UUID, *, version: int) -> Channel:
    """Post nothing more and erase the secret; what is public on the platform stays there."""
    channel = await _to_change(uow, channel_id, version)
    channel.ended_at = uow.now
    channel.sealed_secret = channel.sealed_token = None
    channel.secret_set_at = channel.token_until = None
    waiting = (ChannelPost.channel_id == channel.id, ChannelPost.due_at.is_not(None))
    await uow.session.execute(
        update(ChannelPost)
        .where(*waiting, ChannelPost.state == PostState.WAITING)
        .values(state=PostState.CANCELLED, due_at=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
    _announce(uow, channel, ChannelAct.ENDED)
    return channel


async def _to_change(uow: UnitOfWork, channel_id: UUID, version: int) -> Channel:
    channel = await queries.channel_to_change(uow.session, uow.actor, channel_id)
    expect(version, channel.version)
    return channel


async def _owner(uow: UnitOfWork, new: NewChannel) -> str:
    if new.site_code is not None:
        return (await registry.site(uow.session, new.site_code)).sponsoring
    return (await registry.organization(uow.session, new.organization or "")).path


async def _agree(uow: UnitOfWork, channel: Channel, terms: ChannelTerms, allowed: Allowed) -> None:
    """Take the terms, or refuse them with everything that is wrong with them."""
    known = platform(channel.kind)
    template = terms.template.model_dump() if terms.template else _usual(channel.kind)
    found = [
        *_faults(channel.kind, terms, allowed),
        *saying.faults(known, template),
        *await _faults_of_columns(uow, channel, terms),
        *await _keep_cover(uow, channel, terms),
    ]
    if found:
        raise Invalid(found)
    for name in SAME:
        setattr(channel, name, getattr(terms, name))
    for name in ("kinds", "subjects", "words", "column_ids"):
        setattr(channel, name, [str(value) for value in getattr(terms, name)])
    channel.address = str(terms.address).rstrip("/") if terms.address else None
    channel.sender_ip = str(terms.sender_ip) if terms.sender_ip else None
    channel.cover_id, channel.template = terms.cover_id, template
    channel.per_minute = terms.per_minute or known.per_minute
    channel.per_day = terms.per_day or known.per_day


def _faults(kind: ChannelKind, terms: ChannelTerms, allowed: Allowed) -> Iterator[Fault]:
    known = platform(kind)
    yield from _faults_of_address(terms, allowed)
    if known.asks_for_sender and terms.sender_ip is None:
        yield Fault("/sender_ip", "missing", "微博要求注明发布时的公网 IP 地址。")
    if known.asks_for_cover and terms.cover_id is None:
        yield Fault("/cover_id", "missing", "公众号文章必须有封面，请指定默认封面图片。")
    for at, term in enumerate(terms.subjects):
        if term not in vocabularies()["subject"]:
            yield Fault(f"/subjects/{at}", "unknown_term", f"主题分类词表中没有“{term}”。")


def _faults_of_address(terms: ChannelTerms, allowed: Allowed) -> Iterator[Fault]:
    """Yield what is wrong with an address by its looks; where a name leads is seen when called."""
    url = terms.address
    if url is None:
        return
    if wrong := [*faults_of("/address", url, allowed)]:
        yield from wrong
        return
    if url.query or url.fragment:
        yield Fault("/address", "with_query", "接口地址中不能含有参数。")
    if url.scheme == HTTP and not _is_opened(url, allowed):
        yield Fault("/address", "not_https", "接口地址应以 https 开头，密钥不能明文传输。")


def _is_opened(url: AnyHttpUrl, allowed: Allowed) -> bool:
    """Say whether an address is a number that the settings let us call inside."""
    try:
        number = ip_address((url.host or "").strip("[]"))
    except ValueError:
        return False
    return any(number in network for network in allowed.networks)


async def _faults_of_columns(
    uow: UnitOfWork, channel: Channel, terms: ChannelTerms
) -> list[Fault]:
    sites = await registry.sites_of_columns(uow.session, terms.column_ids)
    owners = await registry.sites_coded(uow.session, set(sites.values()))
    found = []
    for at, column_id in enumerate(terms.column_ids):
        site = owners.get(sites.get(column_id, ""))
        if site is None or not channel.place.covers(site.code, site.sponsoring):
            found.append(Fault(f"/column_ids/{at}", "unknown", "渠道范围内没有这个栏目。"))
    return found


async def _keep_cover(uow: UnitOfWork, channel: Channel, terms: ChannelTerms) -> list[Fault]:
    """Keep the cover for good, if it is an image the platform takes and of the channel's place."""
    if terms.cover_id is None:
        return []
    known = platform(channel.kind)
    ready = (await assets.shown(uow.session, [terms.cover_id])).get(terms.cover_id)
    if ready is None or not channel.place.covers(ready.site_code, ready.sponsoring):
        return [Fault("/cover_id", "unknown", "渠道范围内没有这个文件，或文件尚未就绪。")]
    if not any(form.mime in known.cover_forms for form in ready.renditions):
        return [Fault("/cover_id", "unfit", "平台只接受 JPEG、PNG 或 GIF 图片作封面。")]
    await keep(uow, [terms.cover_id], ready.site_code)
    return []


def _usual(kind: ChannelKind) -> dict[str, Any]:
    parts = {name: part.template for name, part in platform(kind).parts.items()}
    return {"title": None, "digest": None, **parts}


def _close(uow: UnitOfWork, channel: Channel, secret: str, key: ChannelKey) -> None:
    channel.sealed_secret = key.close(channel.id, SECRET, secret)
    channel.secret_set_at = uow.now
    channel.sealed_token = channel.token_until = None


def _hope(channel: Channel) -> None:
    channel.fault_code = channel.fault_words = channel.rests_until = None
    channel.failures = 0


def _announce(uow: UnitOfWork, channel: Channel, act: ChannelAct) -> None:
    uow.announce(ChannelChanged(channel_id=channel.id, owner=channel.owner, act=act))
