"""Questions about what a feed tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.delivery.feed import Channel
from services.content.registry import queries as registry
from services.content.release.queries import reading
from services.content.release.queries.reading import Newest
from shared.contracts.registry import Column as ColumnView
from shared.contracts.registry import Site as SiteView

if TYPE_CHECKING:
    from services.content.registry.models import Column, Site

FEED_LENGTH = 50


class Told(NamedTuple):
    """What a feed is of, and the items it tells of."""

    channel: Channel
    newest: Newest


async def of_site(session: AsyncSession, site: Site) -> Told:
    """Return what a site's feed tells."""
    newest = await reading.newest(session, site.code, None, FEED_LENGTH)
    return Told(Channel.of_site(SiteView.model_validate(site)), newest)


async def of_column(session: AsyncSession, column: Column, site: Site) -> Told:
    """Return what the feed of a column, and of those merged into it, tells."""
    merged = await registry.merged_columns(session, column.id)
    newest = await reading.newest(session, site.code, column.id, FEED_LENGTH, merged)
    channel = Channel.of_column(
        SiteView.model_validate(site), ColumnView.model_validate(column, from_attributes=True)
    )
    return Told(channel, newest)
