"""HTTP of swaps."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.duty.commands import covering
from services.interaction.duty.queries import days as queries
from shared.contracts.duty import DutySwap, SwapState
from shared.contracts.page import Page
from shared.contracts.rostering import SwapWish
from shared.contracts.text import OrganizationCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["duty"])


@router.post("/duties/{duty_id}/swaps", status_code=201, response_model=DutySwap)
async def ask_for_swap(
    duty_id: UUID, wish: SwapWish, version: IfMatch, begin: BeginAct
) -> Response:
    """Ask another member to take one's day, in return for one of theirs or for none."""
    async with begin() as uow:
        swap = await covering.ask(uow, duty_id, wish, version=version)
        return await uow.answer(DutySwap, swap, 201)


@router.get("/duty-desks/{organization}/swaps")
async def list_swaps(
    organization: OrganizationCode,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: SwapState | None = None,
) -> Page[DutySwap]:
    """Return a desk's swaps, the latest first: all to its keepers, else those one is part of."""
    return await queries.swaps(session, actor, organization, state, page)


@router.post("/duty-swaps/{swap_id}/acceptance", response_model=DutySwap)
async def accept_swap(swap_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Take the day one was asked to take."""
    async with begin() as uow:
        return await uow.answer(DutySwap, await covering.accept(uow, swap_id, version=version))


@router.post("/duty-swaps/{swap_id}/refusal", response_model=DutySwap)
async def refuse_swap(swap_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Decline to take the day one was asked to take."""
    async with begin() as uow:
        return await uow.answer(DutySwap, await covering.refuse(uow, swap_id, version=version))


@router.post("/duty-swaps/{swap_id}/withdrawal", response_model=DutySwap)
async def withdraw_swap(swap_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Ask no longer."""
    async with begin() as uow:
        return await uow.answer(DutySwap, await covering.withdraw(uow, swap_id, version=version))
