"""HTTP of experts and commissions."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.supply.commands import commissioning
from services.content.supply.models import Commission as CommissionRow
from services.content.supply.queries import commissioning as queries
from services.content.supply.schemas import CommissionFilter
from shared.contracts.commissioning import (
    Commission,
    CommissionState,
    CommissionStep,
    Expert,
    ExpertEntry,
    NewCommission,
    NewExpert,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["supply"])


@router.post("/experts", status_code=201, response_model=Expert)
async def register_expert(new: NewExpert, begin: BeginAct) -> Response:
    """Enter an expert in an organization's register."""
    async with begin() as uow:
        return await uow.answer(Expert, await commissioning.register_expert(uow, new), 201)


@router.get("/experts")
async def list_experts(actor: Somebody, session: Reading, page: WhichPage) -> Page[Expert]:
    """Return the experts in the registers the bearer reads, newest first."""
    return await queries.experts(session, actor, page)


@router.put("/experts/{expert_id}", response_model=Expert)
async def change_expert(
    expert_id: UUID, entry: ExpertEntry, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Put right what a register says of an expert."""
    async with begin() as uow:
        expert = await commissioning.change_expert(uow, expert_id, entry, version=if_match)
        return await uow.answer(Expert, expert)


@router.post("/commissions", status_code=201, response_model=Commission)
async def give_commission(new: NewCommission, begin: BeginAct) -> Response:
    """Ask an expert of the register, or a medium, for a piece of work."""
    async with begin() as uow:
        return await uow.answer(Commission, await commissioning.give(uow, new), 201)


@router.get("/commissions")
async def list_commissions(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: CommissionState | None = None,
) -> Page[Commission]:
    """Return the commissions of the sites the bearer works on, newest first."""
    wanted = CommissionFilter(site_code=site_code, state=state)
    return await queries.commissions(session, actor, wanted, page)


@router.get("/commissions/{commission_id}", response_model=Commission)
async def read_commission(
    commission_id: UUID, actor: Somebody, session: Reading, response: Response
) -> CommissionRow:
    """Return one commission."""
    commission = await queries.commission(session, actor, commission_id)
    response.headers["ETag"] = f'"{commission.version}"'
    return commission


@router.post("/commissions/{commission_id}/step", response_model=Commission)
async def move_commission(
    commission_id: UUID, step: CommissionStep, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Take a commission one step on, up to the accepted work."""
    async with begin() as uow:
        commission = await commissioning.move(uow, commission_id, step, version=if_match)
        return await uow.answer(Commission, commission)
