"""HTTP of what readers may know of sites and columns."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter

from services.content.delivery.caching import Freshness
from services.content.delivery.router.sending import HELD, MERGED, ByReader
from services.content.registry import queries
from services.content.registry.column_kinds import column_kinds
from services.content.registry.rhythm import rule
from shared.contracts.columns import ColumnKindView
from shared.contracts.page import Page
from shared.contracts.registry import Column, Footer, PublicSite, Site
from shared.contracts.text import SiteCode
from shared.requests import Reading, WhichPage

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

Codes = Annotated[list[SiteCode] | None, Query(max_length=100)]
Ids = Annotated[list[UUID], Query(min_length=1, max_length=100)]
KINDS = TypeAdapter(list[ColumnKindView])


@router.get("/column-kinds", response_model=list[ColumnKindView])
async def list_column_kinds(reader: ByReader) -> Response:
    """Return the kinds of columns: their rhythm, their ColumnType and what belongs in them."""
    known = column_kinds()
    views = [
        ColumnKindView(
            kind=kind,
            label=said.label,
            column_type=said.column_type,
            takes=list(known.takes(kind)),
            **rule(kind)._asdict(),
        )
        for kind, said in known.kinds.items()
    ]
    return reader.send(KINDS.dump_json(views), freshness=Freshness.HOUR)


@router.get("/sites", response_model=Page[Site])
async def list_sites(
    session: Reading, page: WhichPage, reader: ByReader, code: Codes = None
) -> Response:
    """Return the sites of the group, by code; `code` may be given several times."""
    return reader.send_view(await queries.sites(session, code, page), Freshness.MINUTE)


@router.get("/sites/{code}", response_model=PublicSite)
async def read_site(code: SiteCode, session: Reading, reader: ByReader) -> Response:
    """Return one site: where it stands in its life, its notice, and what its footer must show."""
    site = await queries.public_site(session, code)
    offices = (site.supervising, site.sponsoring, site.operating)
    names = await queries.names(session, set(offices))
    supervising, sponsoring, operating = (names[path] for path in offices)
    footer = Footer(
        site_code=site.code,
        icp_number=site.icp_number,
        police_number=site.police_number,
        supervising=supervising,
        sponsoring=sponsoring,
        operating=operating,
        contact=site.contact,
    )
    shown = PublicSite(**Site.model_validate(site).model_dump(), footer=footer)
    return reader.send_view(shown, Freshness.MINUTE)


@router.get("/sites/{code}/columns", response_model=Page[Column])
async def list_columns(
    code: SiteCode, session: Reading, page: WhichPage, reader: ByReader
) -> Response:
    """Return the columns a site shows, in order of their positions; parents are named by id."""
    return reader.send_view(await queries.columns(session, code, page), Freshness.MINUTE)


@router.get("/columns", response_model=Page[Column])
async def find_columns(session: Reading, page: WhichPage, reader: ByReader, id: Ids) -> Response:
    """Return the columns with these ids, hidden and merged ones too; `id` may be repeated."""
    return reader.send_view(await queries.columns_by_id(session, id, page), Freshness.MINUTE)


@router.get("/columns/{column_id}", response_model=Column, responses=MERGED)
async def read_column(column_id: UUID, session: Reading, reader: ByReader) -> Response:
    """Return one column; whoever asks for a merged one is sent to where it went."""
    column, _ = await queries.public_column(session, column_id)
    if column.merged_into is not None:
        return RedirectResponse(f"/v1/public/columns/{column.merged_into}", 308)
    shown = Column.model_validate(column, from_attributes=True)
    return reader.send_view(shown, Freshness.MINUTE)
