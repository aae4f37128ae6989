"""HTTP of feeds and sitemaps: what programs follow a site by."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from services.content.delivery import sitemap
from services.content.delivery.caching import Freshness
from services.content.delivery.feed import FEEDS, MEDIA_TYPES, Channel, Form
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import (
    HELD,
    MERGED,
    XML,
    ByReader,
    PublicAddress,
)
from services.content.registry import queries as registry
from services.content.release.queries import counting, reading
from services.content.release.queries.filtering import Wanted
from services.content.release.queries.reading import Newest
from shared.contracts.content import PublicItem
from shared.contracts.registry import Column as ColumnView
from shared.contracts.registry import Site as SiteView
from shared.contracts.text import SiteCode
from shared.problem import NotFound

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

FEED_LENGTH = 50
Part = Annotated[str, Path(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-[1-9][0-9]{0,3}$")]


@router.get("/sites/{code}/feed.{form}", response_class=Response)
async def read_feed(
    code: SiteCode, form: Form, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return a site's newest fifty items as Atom, RSS or JSON Feed."""
    site = SiteView.model_validate(await registry.public_site(session, code))
    newest = await reading.newest(session, code, None, FEED_LENGTH)
    here = f"{address}/v1/public/sites/{code}/feed.{form}"
    return _send(Channel.of_site(site), form, newest, here, reader)


@router.get("/columns/{column_id}/feed.{form}", response_class=Response, responses=MERGED)
async def read_column_feed(
    column_id: UUID, form: Form, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return the newest fifty items of a column and of those merged into it."""
    column, site = await registry.column_on_site(session, column_id)
    if column.merged_into is not None:
        return RedirectResponse(f"/v1/public/columns/{column.merged_into}/feed.{form}", 308)
    merged = await registry.merged_columns(session, column_id)
    newest = await reading.newest(session, site.code, column_id, FEED_LENGTH, merged)
    channel = Channel.of_column(
        SiteView.model_validate(site), ColumnView.model_validate(column, from_attributes=True)
    )
    here = f"{address}/v1/public/columns/{column_id}/feed.{form}"
    return _send(channel, form, newest, here, reader)


def _send(channel: Channel, form: Form, newest: Newest, here: str, reader: ByReader) -> Response:
    items = [PublicItem.model_validate_json(item) for item in newest.items]
    body = FEEDS[form](channel, items, here)
    return reader.send(body, MEDIA_TYPES[form], modified_at=newest.changed_at)


@router.get("/sites/{code}/sitemap.xml", response_class=Response)
async def read_sitemap(
    code: SiteCode, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return the index of a site's sitemap: a part for each month of publication.

    The site names it in its robots.txt, which lets crawlers take it from another host.
    """
    await registry.public_site(session, code)
    months = [sitemap.Month(*month) for month in await counting.months(session, code)]
    parts = sitemap.parts(months, f"{address}/v1/public/sites/{code}/sitemaps")
    return reader.send(sitemap.index(parts), XML, Freshness.HOUR)


@router.get("/sites/{code}/sitemaps/{part}.xml", response_class=Response)
async def read_sitemap_part(
    code: SiteCode, part: Part, session: PublicReading, reader: ByReader
) -> Response:
    """Return one part of a site's sitemap: at most ten thousand addresses, oldest first."""
    named = sitemap.part_named(part)
    wanted = Wanted(site_code=code, published_since=named.first, published_until=named.last)
    found = await counting.addresses(session, wanted, named.number - 1, sitemap.PART_LENGTH)
    if not found:
        raise NotFound("没有这一部分网站地图。")
    pages = (sitemap.Address(*page) for page in found)
    return reader.send(sitemap.page(pages), XML, Freshness.HOUR)
