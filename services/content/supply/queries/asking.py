"""Questions about what units owe."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.supply.models import SupplyTask
from services.content.supply.schemas import TaskFilter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import supply as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

TASKS = Listing("supply-tasks", contracts.SupplyTask, [(SupplyTask.id, UUID)])


def _known_to(actor: Actor) -> ColumnElement[bool]:
    """Say whose tasks an actor sees: what its sites ask, and what its unit owes."""
    return or_(
        reached(actor, Permission.READ_DRAFTS, SupplyTask.sponsoring),
        reached(actor, Permission.READ_DRAFTS, SupplyTask.organization),
        reached(actor, Permission.CONTRIBUTE, SupplyTask.organization),
    )


async def task(
    session: AsyncSession, actor: Actor, task_id: UUID, *, lock: bool = False
) -> SupplyTask:
    """Return a task the actor sees, or refuse as if it did not exist."""
    question = select(SupplyTask).where(SupplyTask.id == task_id, _known_to(actor))
    found = await session.scalar(question.with_for_update() if lock else question)
    if found is None:
        raise NotFound("没有这项供稿任务。")
    return found


async def tasks(
    session: AsyncSession, actor: Actor, wanted: TaskFilter, asked: Asked
) -> Page[contracts.SupplyTask]:
    """Return one page of the tasks an actor sees, newest first."""
    question = select(SupplyTask).where(_known_to(actor))
    for column, value in (
        (SupplyTask.site_code, wanted.site_code),
        (SupplyTask.state, wanted.state),
    ):
        if value is not None:
            question = question.where(column == value)
    return await TASKS.turn(session, question, asked)


async def locked(session: AsyncSession, task_id: UUID) -> SupplyTask | None:
    """Return a task, locked until the transaction ends."""
    return await session.scalar(
        select(SupplyTask).where(SupplyTask.id == task_id).with_for_update()
    )
