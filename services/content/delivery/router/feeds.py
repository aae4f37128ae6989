"""HTTP of feeds and sitemaps: what programs follow a site by."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from services.content.delivery import sitemap
from services.content.delivery.caching import Freshness
from services.content.delivery.feed import FOLLOWED, MEDIA_TYPES, Form, links, written
from services.content.delivery.queries import feeds
from services.content.delivery.queries.feeds import Told
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import (
    HELD,
    MERGED,
    XML,
    ByReader,
    PublicAddress,
)
from services.content.registry import queries as registry
from services.content.release.queries import counting
from services.content.release.queries.filtering import Wanted
from shared.contracts.text import SiteCode
from shared.problem import NotFound

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

Part = Annotated[str, Path(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-[1-9][0-9]{0,3}$")]


@router.get("/sites/{code}/feed.{form}", response_class=Response)
async def read_feed(
    code: SiteCode, form: Form, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return a site's newest fifty items as Atom, RSS or JSON Feed; the Atom feed has a hub."""
    told = await feeds.of_site(session, await registry.public_site(session, code))
    return _send(told, form, f"{address}/v1/public/sites/{code}/feed.{form}", reader)


@router.get("/columns/{column_id}/feed.{form}", response_class=Response, responses=MERGED)
async def read_column_feed(
    column_id: UUID, form: Form, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return the newest fifty items of a column and of those merged into it."""
    column, site = await registry.column_on_site(session, column_id)
    if column.merged_into is not None:
        return RedirectResponse(f"/v1/public/columns/{column.merged_into}/feed.{form}", 308)
    told = await feeds.of_column(session, column, site)
    return _send(told, form, f"{address}/v1/public/columns/{column_id}/feed.{form}", reader)


def _send(told: Told, form: Form, here: str, reader: ByReader) -> Response:
    body = written(form, told.channel, told.newest.items, here)
    answer = reader.send(body, MEDIA_TYPES[form], modified_at=told.newest.changed_at)
    if form in FOLLOWED:
        answer.headers["Link"] = links(here)
    return answer


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
