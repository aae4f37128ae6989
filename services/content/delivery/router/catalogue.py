"""HTTP of the disclosure catalogue."""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from services.content.delivery.caching import Freshness
from services.content.delivery.router.public_items import Filters
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, ByReader
from services.content.registry import queries as registry
from services.content.release.queries import cataloguing, counting
from shared.contracts.delivery import CatalogueCounts, CatalogueEntry, ClassCount
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import WhichPage

router = APIRouter(
    prefix="/v1/public/sites/{site_code}/catalogue", tags=["public"], responses=HELD
)


@router.get("", response_model=Page[CatalogueEntry])
async def list_catalogue(
    site_code: SiteCode, session: PublicReading, page: WhichPage, wanted: Filters, reader: ByReader
) -> Response:
    """Return a site's disclosure catalogue (信息公开目录), newest first."""
    await registry.public_site(session, site_code)
    return reader.send_view(await cataloguing.entries(session, wanted, page))


@router.get("/counts", response_model=CatalogueCounts)
async def count_catalogue(
    site_code: SiteCode, session: PublicReading, wanted: Filters, reader: ByReader
) -> Response:
    """Return how a site's catalogue falls into subjects and genres, most numerous first."""
    await registry.public_site(session, site_code)
    classes = await counting.classes(session, wanted)
    counts = CatalogueCounts(
        total=classes.total, subject=_shown(classes.subjects), genre=_shown(classes.genres)
    )
    return reader.send_view(counts, Freshness.MINUTE)


def _shown(counted: Sequence[tuple[str, int]]) -> list[ClassCount]:
    return [ClassCount(value=value, count=count) for value, count in counted]
