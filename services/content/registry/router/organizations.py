"""HTTP of the group's units and of its calendar."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.content.registry import queries
from services.content.registry.commands import organizing
from shared.contracts.page import Page
from shared.contracts.registering import NewOrganization, OrganizationData, TakenNotice
from shared.contracts.registry import Organization
from shared.contracts.text import OrganizationCode
from shared.problem import Fault, Invalid
from shared.requests import BeginAct, IfMatch, IfMatchOrNew, Reading, Somebody, WhichPage
from shared.workdays import Notice

router = APIRouter(prefix="/v1", tags=["registry"])


@router.post("/organizations", status_code=201, response_model=Organization)
async def register_organization(new: NewOrganization, begin: BeginAct) -> Response:
    """Let a unit join the group under its parent."""
    async with begin() as uow:
        organization = await organizing.register_organization(uow, new)
        return await uow.answer(Organization, organization, 201)


@router.get("/organizations")
async def list_organizations(_: Somebody, session: Reading, page: WhichPage) -> Page[Organization]:
    """Return organizations, parents before children."""
    return await queries.organizations(session, page)


@router.get("/organizations/{code}", response_model=Organization)
async def read_organization(_: Somebody, code: OrganizationCode, session: Reading) -> object:
    """Return one organization."""
    return await queries.organization(session, code)


@router.put("/organizations/{code}", response_model=Organization)
async def change_organization(
    code: OrganizationCode, data: OrganizationData, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Say anew what a unit is called, what it is and who supervises it besides."""
    async with begin() as uow:
        unit = await organizing.change_organization(uow, code, data, version=if_match)
        return await uow.answer(Organization, unit)


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
        taken = await organizing.take_in_notice(uow, notice, if_match)
        return await uow.answer(TakenNotice, taken)
