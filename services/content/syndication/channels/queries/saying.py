"""What a post of a public item says, and which image goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.assets import queries as assets
from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.channels.models import Channel
from services.content.syndication.channels.platform import platform
from services.content.syndication.channels.saying import Matter, Saying, say
from shared.contracts.assets import Use
from shared.problem import NotFound

if TYPE_CHECKING:
    from services.content.release.models import Live


class CoverPlace(NamedTuple):
    """Where a cover lies, or what the platform calls it already."""

    place: str
    name: str
    mime: str
    of_channel: bool
    media: str | None = None


class Said(NamedTuple):
    """What a post says, with its cover."""

    saying: Saying
    cover: CoverPlace | None

    @property
    def as_known(self) -> str:
        """By what the post is known again on its platform."""
        saying = self.saying
        return saying.text if saying.title is None else f"{saying.title}\n{saying.link}"


async def public_item(session: AsyncSession, channel: Channel, item_id: UUID) -> Live:
    """Return a public item of a channel's place, or refuse as if there were none."""
    item = (await public.live(session, [item_id])).get(item_id)
    site = await registry.site(session, item.site_code) if item else None
    if item is None or site is None or not channel.place.covers(site.code, site.sponsoring):
        raise NotFound("没有这篇公开的内容。")
    return item


async def saying_of(session: AsyncSession, channel: Channel, item: Live) -> Saying:
    """Return what a post of an item would say."""
    site = await registry.site(session, item.site_code)
    summary = item.summary or " ".join(item.body.split())
    matter = Matter(item.title, summary, item.url, item.source, site.name, item.body)
    return say(platform(channel.kind), channel.template, matter)


async def said_of(session: AsyncSession, channel: Channel, item: Live) -> Said:
    """Return what a post says; its cover is the item's first image, or else the channel's."""
    saying = await saying_of(session, channel, item)
    known = platform(channel.kind)
    if not known.asks_for_cover:
        return Said(saying, None)
    ids = [UUID(file["asset_id"]) for file in item.files]
    named = [*ids, *([channel.cover_id] if channel.cover_id else [])]
    ready = await assets.shown(session, named)
    for asset_id in named:
        of_channel = asset_id not in ids
        for form in ready[asset_id].renditions if asset_id in ready else ():
            if form.use is Use.PAGE and form.mime in known.cover_forms:
                media = channel.cover_media if of_channel else None
                return Said(
                    saying, CoverPlace(form.place, form.name, form.mime, of_channel, media)
                )
    return Said(saying, None)
