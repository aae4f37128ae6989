"""HTTP of the registry."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from services.content.registry import commands, queries
from services.content.registry.models import Site
from services.content.registry.schemas import NewColumn, NewOrganization, NewSite, TakenNotice
from shared.contracts.page import Page
from shared.contracts.registry import Column, Organization
from shared.contracts.registry import Site as SiteView
from shared.contracts.text import OrganizationCode, SiteCode
from shared.problem import Fault, Invalid
from shared.requests import BeginAct, IfMatchOrNew, Reading, Somebody, WhichPage
from shared.workdays import Notice

router = APIRouter(prefix="/v1", tags=["registry"])

Codes = Annotated[list[SiteCode] | None, Query(max_length=100)]
Ids = Annotated[list[UUID], Query(min_length=1, max_length=100)]


@router.post("/organizations", status_code=201, response_model=Organization)
async def register_organization(new: NewOrganization, begin: BeginAct) -> Response:
    """Let a unit join the group under its parent."""
    async with begin() as uow:
        organization = await commands.register_organization(uow, new)
        return await uow.answer(Organization, organization, 201)


@router.get("/organizations")
async def list_organizations(_: Somebody, session: Reading, page: WhichPage) -> Page[Organization]:
    """Return organizations, parents before children."""
    return await queries.organizations(session, page)


@router.get("/organizations/{code}", response_model=Organization)
async def read_organization(_: Somebody, code: OrganizationCode, session: Reading) -> object:
    """Return one organization."""
    return await queries.organization(session, code)


@router.post("/sites", status_code=201, response_model=SiteView)
async def open_site(new: NewSite, begin: BeginAct) -> Response:
    """Open a site for the organization that sponsors it."""
    async with begin() as uow:
        return await uow.answer(SiteView, await commands.open_site(uow, new), 201)


@router.post("/columns", status_code=201, response_model=Column)
async def open_column(new: NewColumn, begin: BeginAct) -> Response:
    """Open a column; from this moment its update clock runs."""
    async with begin() as uow:
        return await uow.answer(Column, await commands.open_column(uow, new), 201)


@router.put("/workdays/{year}", response_model=TakenNotice)
async def take_in_notice(
    year: Annotated[int, Path(ge=2000, le=2100)],
    notice: Notice,
    begin: BeginAct,
    if_match: IfMatchOrNew,
) -> Response:
    """Take in a year's holiday notice, or a correction of it; deadlines are then recomputed."""
    if notice.year != year:
        raise Invalid([Fault("/year", "mismatch", "年份与地址中的年份不一致。")])
    async with begin() as uow:
        taken = await commands.take_in_notice(uow, notice, if_match)
        return await uow.answer(TakenNotice, taken)


@router.get("/public/sites")
async def list_sites(session: Reading, page: WhichPage, code: Codes = None) -> Page[SiteView]:
    """Return the sites of the group, by code; `code` may be given several times."""
    return await queries.sites(session, code, page)


@router.get("/public/sites/{code}", response_model=SiteView)
async def read_site(code: SiteCode, session: Reading) -> Site:
    """Return one site."""
    return await queries.site(session, code)


@router.get("/public/sites/{code}/columns")
async def list_columns(code: SiteCode, session: Reading, page: WhichPage) -> Page[Column]:
    """Return a site's columns, oldest first."""
    return await queries.columns(session, code, page)


@router.get("/public/columns")
async def find_columns(session: Reading, page: WhichPage, id: Ids) -> Page[Column]:
    """Return the columns with these ids; `id` may be given several times."""
    return await queries.columns_by_id(session, id, page)


@router.get("/public/columns/{column_id}", response_model=Column)
async def read_column(column_id: UUID, session: Reading) -> object:
    """Return one column."""
    return await queries.column(session, column_id)
