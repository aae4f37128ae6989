"""HTTP of sites, from their application to their closing, and of columns before that."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.registry import queries
from services.content.registry.commands import life_cycle, registering
from shared.contracts.page import Page
from shared.contracts.registering import (
    ColumnPlan,
    Migration,
    MigrationCancellation,
    NewColumn,
    NewSite,
    NewSuspension,
    SiteData,
)
from shared.contracts.registry import Column, Site, SiteState
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["registry"])


@router.post("/sites", status_code=201, response_model=Site)
async def register_site(new: NewSite, begin: BeginAct) -> Response:
    """Apply for a site; readers see nothing of it until its supervising organization opens it."""
    async with begin() as uow:
        return await uow.answer(Site, await registering.register_site(uow, new), 201)


@router.get("/sites")
async def list_known_sites(
    actor: Somebody, session: Reading, page: WhichPage, state: SiteState | None = None
) -> Page[Site]:
    """Return the sites that one's posts sponsor or supervise, in any state, by code."""
    return await queries.sites_known(session, actor, state, page)


@router.get("/sites/{code}", response_model=Site)
async def read_known_site(actor: Somebody, code: SiteCode, session: Reading) -> object:
    """Return a site that one's posts sponsor or supervise, in any state."""
    return await queries.known_site(session, actor, code)


@router.put("/sites/{code}", response_model=Site)
async def revise_site(
    code: SiteCode, data: SiteData, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Replace the data of a site that is not open yet."""
    async with begin() as uow:
        site = await registering.revise_site(uow, code, data, version=if_match)
        return await uow.answer(Site, site)


@router.post("/sites/{code}/opening", response_model=Site)
async def open_site(code: SiteCode, begin: BeginAct, if_match: IfMatch) -> Response:
    """Open a site to its readers; the update clocks of its columns begin."""
    async with begin() as uow:
        return await uow.answer(Site, await life_cycle.open_site(uow, code, version=if_match))


@router.post("/sites/{code}/suspension", response_model=Site)
async def suspend_site(
    code: SiteCode, new: NewSuspension, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Take a site off line until a day within the month, once a year; then it opens by itself."""
    async with begin() as uow:
        site = await life_cycle.suspend_site(uow, code, new, version=if_match)
        return await uow.answer(Site, site)


@router.post("/sites/{code}/reopening", response_model=Site)
async def reopen_site(code: SiteCode, begin: BeginAct, if_match: IfMatch) -> Response:
    """Open a suspended site again before its time."""
    async with begin() as uow:
        return await uow.answer(Site, await life_cycle.reopen_site(uow, code, version=if_match))


@router.post("/sites/{code}/migration", response_model=Site)
async def migrate_site(
    code: SiteCode, to: Migration, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Tell a site's readers where its content goes before it closes."""
    async with begin() as uow:
        site = await life_cycle.migrate_site(uow, code, to, version=if_match)
        return await uow.answer(Site, site)


@router.post("/sites/{code}/migration/cancellation", response_model=Site)
async def cancel_migration(
    code: SiteCode, why: MigrationCancellation, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Let a site that was to close stay open."""
    async with begin() as uow:
        site = await life_cycle.cancel_migration(uow, code, why, version=if_match)
        return await uow.answer(Site, site)


@router.post("/sites/{code}/closure", response_model=Site)
async def close_site(code: SiteCode, begin: BeginAct, if_match: IfMatch) -> Response:
    """Close a site for good, once its readers have been told for a month where to go."""
    async with begin() as uow:
        return await uow.answer(Site, await life_cycle.close_site(uow, code, version=if_match))


@router.get("/sites/{code}/columns")
async def list_all_columns(
    actor: Somebody, code: SiteCode, session: Reading, page: WhichPage
) -> Page[Column]:
    """Return all columns of a site that one's posts reach: also hidden and merged ones."""
    return await queries.columns_known(session, actor, code, page)


@router.post("/columns", status_code=201, response_model=Column)
async def plan_column(new: NewColumn, begin: BeginAct) -> Response:
    """Add a column to a site that is not open yet; on an open one it is applied for."""
    async with begin() as uow:
        return await uow.answer(Column, await registering.plan_column(uow, new), 201)


@router.put("/columns/{column_id}", response_model=Column)
async def replan_column(
    column_id: UUID, plan: ColumnPlan, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Replace what a column of a site that is not open yet shall be."""
    async with begin() as uow:
        column = await registering.replan_column(uow, column_id, plan, version=if_match)
        return await uow.answer(Column, column)
