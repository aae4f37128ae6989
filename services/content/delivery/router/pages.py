"""HTTP of what a page carries in its head and beside its text: labels and share data."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.delivery import label_check, labels, sharing
from services.content.delivery.caching import Freshness
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, MERGED, ByReader, PublicAddress
from services.content.registry import queries as registry
from services.content.release.queries import reading
from shared.contracts.content import PublicItem
from shared.contracts.delivery import LabelsReport, LabelsToCheck, PageLabels, ShareData
from shared.contracts.registry import Column as ColumnView
from shared.contracts.registry import Site as SiteView
from shared.contracts.text import SiteCode
from shared.requests import Reading

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

SVG = "image/svg+xml"


@router.get("/sites/{code}/labels", response_model=PageLabels)
async def read_home_labels(code: SiteCode, session: Reading, reader: ByReader) -> Response:
    """Return the page labels (网页标签) of a site's home page, ready-made."""
    site = SiteView.model_validate(await registry.public_site(session, code))
    return reader.send_view(labels.of_home(site), Freshness.MINUTE)


@router.get("/columns/{column_id}/labels", response_model=PageLabels, responses=MERGED)
async def read_column_labels(column_id: UUID, session: Reading, reader: ByReader) -> Response:
    """Return the page labels (网页标签) of a column's page, ready-made."""
    column, site = await registry.column_on_site(session, column_id)
    if column.merged_into is not None:
        return RedirectResponse(f"/v1/public/columns/{column.merged_into}/labels", 308)
    made = labels.of_column(SiteView.model_validate(site), _shown(column))
    return reader.send_view(made, Freshness.MINUTE)


@router.get("/items/{item_id}/labels", response_model=PageLabels)
async def read_item_labels(
    item_id: UUID, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return the page labels (网页标签) of an item's page, ready-made."""
    item = await _item(session, item_id)
    column, site = await registry.column_on_site(session, item.column_id)
    image = sharing.preview(item, address)
    made = labels.of_item(SiteView.model_validate(site), _shown(column), item, image)
    return reader.send_view(made)


@router.post("/labels/validation")
async def validate_labels(page: LabelsToCheck) -> LabelsReport:
    """Say which labels of a page are missing, malformed or unknown; nothing is stored."""
    found = page.labels if page.html is None else label_check.labels_in(page.html)
    return label_check.report(page.page, found or [])


@router.get("/items/{item_id}/share", response_model=ShareData)
async def read_share_data(
    item_id: UUID, address: PublicAddress, session: PublicReading, reader: ByReader
) -> Response:
    """Return what a page needs so that an item can be shared: previews, links, a QR code."""
    item = await _item(session, item_id)
    site = SiteView.model_validate(await registry.public_site(session, item.site_code))
    qr = f"{address}/v1/public/items/{item_id}/qr.svg"
    return reader.send_view(sharing.share(site, item, qr, sharing.preview(item, address)))


@router.get("/items/{item_id}/qr.svg", response_class=Response)
async def read_qr_code(item_id: UUID, session: PublicReading, reader: ByReader) -> Response:
    """Return an item's canonical address as a QR code in SVG."""
    item = await _item(session, item_id)
    return reader.send(sharing.qr_code(item.url), SVG, Freshness.HOUR)


async def _item(session: AsyncSession, item_id: UUID) -> PublicItem:
    return PublicItem.model_validate_json((await reading.answer(session, item_id)).body)


def _shown(column: object) -> ColumnView:
    return ColumnView.model_validate(column, from_attributes=True)
