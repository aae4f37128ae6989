"""HTTP of what units owe."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.supply.commands import asking
from services.content.supply.models import SupplyTask as TaskRow
from services.content.supply.queries import asking as queries
from services.content.supply.schemas import TaskFilter
from shared.contracts.page import Page
from shared.contracts.supply import (
    Because,
    Fulfilment,
    NewSupplyTask,
    SupplyTask,
    SupplyTaskState,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/supply-tasks", tags=["supply"])


@router.post("", status_code=201, response_model=SupplyTask)
async def ask_for_supply(new: NewSupplyTask, begin: BeginAct) -> Response:
    """Ask a unit for something by a deadline, once or again and again."""
    async with begin() as uow:
        return await uow.answer(SupplyTask, await asking.ask(uow, new), 201)


@router.get("")
async def list_tasks(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: SupplyTaskState | None = None,
) -> Page[SupplyTask]:
    """Return what the bearer's sites ask for and what its unit owes, newest first."""
    wanted = TaskFilter(site_code=site_code, state=state)
    return await queries.tasks(session, actor, wanted, page)


@router.get("/{task_id}", response_model=SupplyTask)
async def read_task(
    task_id: UUID, actor: Somebody, session: Reading, response: Response
) -> TaskRow:
    """Return one task."""
    task = await queries.task(session, actor, task_id)
    response.headers["ETag"] = f'"{task.version}"'
    return task


@router.post("/{task_id}/fulfilment", response_model=SupplyTask)
async def fulfil_task(
    task_id: UUID, fulfilment: Fulfilment, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say which item of the site is what was owed."""
    async with begin() as uow:
        task = await asking.fulfil(uow, task_id, fulfilment.item_id, version=if_match)
        return await uow.answer(SupplyTask, task)


@router.post("/{task_id}/return", response_model=SupplyTask)
async def return_task(
    task_id: UUID, because: Because, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say for the unit why it will not supply what it was asked for."""
    async with begin() as uow:
        task = await asking.send_back(uow, task_id, because.reason, version=if_match)
        return await uow.answer(SupplyTask, task)


@router.post("/{task_id}/cancellation", response_model=SupplyTask)
async def cancel_task(
    task_id: UUID, because: Because, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Ask for it no more, nor again."""
    async with begin() as uow:
        task = await asking.cancel(uow, task_id, because.reason, version=if_match)
        return await uow.answer(SupplyTask, task)
