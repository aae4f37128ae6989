"""HTTP of supervision."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.content.registry.supervision import queries
from services.content.registry.supervision.commands import applying, regulating, reporting
from services.content.registry.supervision.schemas import NewProcedure, ProcedureKind
from shared.business_day import business_date
from shared.contracts.applying import Application, ApplicationState, Decision, NewApplication
from shared.contracts.page import Page
from shared.contracts.supervision import (
    MissingProcedure,
    NewOutage,
    Outage,
    Procedure,
    ProcedureEdition,
)
from shared.contracts.text import OrganizationCode, SiteCode
from shared.requests import BeginAct, IfMatch, InHouse, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["supervision"])

Kind = Annotated[ProcedureKind | None, Query()]


@router.post("/applications", status_code=201, response_model=Application)
async def file_application(new: NewApplication, begin: BeginAct) -> Response:
    """Apply for a change of an open site or its columns; refused is what could not be done."""
    async with begin() as uow:
        return await uow.answer(Application, await applying.file_application(uow, new), 201)


@router.get("/applications")
async def list_applications(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: ApplicationState | None = None,
    site_code: SiteCode | None = None,
) -> Page[Application]:
    """Return the applications for sites that one's posts sponsor or supervise, latest first."""
    return await queries.applications(session, actor, state, site_code, page)


@router.get("/applications/{application_id}", response_model=Application)
async def read_application(actor: Somebody, application_id: UUID, session: Reading) -> object:
    """Return one application for a site that one's posts sponsor or supervise."""
    return await queries.application(session, actor, application_id)


@router.post("/applications/{application_id}/decision", response_model=Application)
async def decide_application(
    application_id: UUID, decision: Decision, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Approve what another person applied for, and have it done at once, or refuse it."""
    async with begin() as uow:
        decided = await applying.decide_application(
            uow, application_id, decision, version=if_match
        )
        return await uow.answer(Application, decided)


@router.post("/applications/{application_id}/withdrawal", response_model=Application)
async def withdraw_application(
    application_id: UUID, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Take one's own application back before it is decided."""
    async with begin() as uow:
        taken = await applying.withdraw_application(uow, application_id, version=if_match)
        return await uow.answer(Application, taken)


@router.post("/sites/{code}/outages", status_code=201, response_model=Outage)
async def report_outage(code: SiteCode, new: NewOutage, begin: BeginAct) -> Response:
    """Report that a site cannot be reached."""
    async with begin() as uow:
        return await uow.answer(Outage, await reporting.report_outage(uow, code, new), 201)


@router.post("/outages/{outage_id}/end", response_model=Outage)
async def end_outage(outage_id: UUID, begin: BeginAct, if_match: IfMatch) -> Response:
    """Report that a site is back, as of now."""
    async with begin() as uow:
        outage = await reporting.end_outage(uow, outage_id, version=if_match)
        return await uow.answer(Outage, outage)


@router.get("/outages")
async def list_outages(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    lasting: bool | None = None,  # noqa: FBT001  # a filter, named on the wire
) -> Page[Outage]:
    """Return the outages of sites that one's posts sponsor or supervise, latest first."""
    return await queries.outages(session, actor, site_code, page, lasting=lasting)


@router.post("/procedures", status_code=201, response_model=Procedure)
async def adopt_procedure(new: NewProcedure, begin: BeginAct) -> Response:
    """Register an organization's first working rule of a kind."""
    async with begin() as uow:
        return await uow.answer(Procedure, await regulating.adopt_procedure(uow, new), 201)


@router.post("/procedures/{procedure_id}/replacement", status_code=201, response_model=Procedure)
async def replace_procedure(
    procedure_id: UUID, issued: ProcedureEdition, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Register a new edition of a working rule; the older one stays on record."""
    async with begin() as uow:
        newer = await regulating.replace_procedure(uow, procedure_id, issued, version=if_match)
        return await uow.answer(Procedure, newer, 201)


@router.get("/procedures")
async def list_procedures(
    _: Somebody,
    session: Reading,
    page: WhichPage,
    organization: OrganizationCode | None = None,
    kind: Kind = None,
) -> Page[Procedure]:
    """Return working rules in all their editions, latest first."""
    return await queries.procedures(session, organization, kind, page)


@router.get("/procedures/missing")
async def list_missing_procedures(
    actor: Somebody, session: Reading, page: WhichPage, house: InHouse
) -> Page[MissingProcedure]:
    """Return which units that sponsor a site lack which required working rule today."""
    today = business_date(house.clock())
    return await queries.missing_procedures(session, actor, today, page)
