"""Asking a unit for something, and what becomes of it."""

from typing import TypedDict
from uuid import UUID

from services.content.editorial.queries import items as editorial
from services.content.registry import queries as registry
from services.content.supply.commands.placing import stands_above
from services.content.supply.models import SupplyTask
from services.content.supply.queries import asking as queries
from services.content.supply.timing import check_deadline, reminder, repeated
from shared.auth import Permission
from shared.contracts.supply import (
    NewSupplyTask,
    Recurrence,
    SupplyTaskAsked,
    SupplyTaskOverdue,
    SupplyTaskReminded,
    SupplyTaskSettled,
    SupplyTaskState,
)
from shared.personal_data import mask
from shared.problem import Conflict, Fault, Invalid
from shared.uow import UnitOfWork, expect


class Told(TypedDict):
    """What every event about a task says."""

    task_id: UUID
    organization: str
    site_code: str


class TaskSettled(Conflict):
    """The task was fulfilled, sent back or cancelled before."""

    advice = "该供稿任务已经办结。"


async def ask(uow: UnitOfWork, new: NewSupplyTask) -> SupplyTask:
    """Ask a unit that supplies the site for something, once or again and again."""
    site = await registry.site(uow.session, new.site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    check_deadline(new.due_at, uow.now)
    unit = await registry.organization(uow.session, new.organization)
    if not await stands_above(uow, site, unit):
        raise Invalid([Fault("/organization", "out_of_reach", "该单位不在本网站供稿范围内。")])
    task = SupplyTask(
        organization=unit.path,
        site_code=site.code,
        sponsoring=site.sponsoring,
        title=new.title,
        brief=new.brief,
        kind=new.kind,
        deadline=new.due_at,
        first_deadline=new.due_at,
        recurrence=new.recurrence,
        occurrence=1,
        asked_by=uow.actor.id,
    )
    await _start(uow, task)
    return task


async def fulfil(uow: UnitOfWork, task_id: UUID, item_id: UUID, *, version: int) -> SupplyTask:
    """Say which item of the site is what was owed."""
    task = await _open_asked(uow, task_id, version)
    item = await editorial.item(uow.session, uow.actor, item_id)
    if item.site_code != task.site_code:
        raise Invalid([Fault("/item_id", "other_site", "该稿件不属于此网站。")])
    _settle(uow, task, SupplyTaskState.FULFILLED, item_id=item.id)
    return task


async def fulfil_by_adoption(uow: UnitOfWork, task_id: UUID, item_id: UUID) -> None:
    """Let the adoption of what a unit sent fulfil what it owed, if that is still open."""
    task = await queries.locked(uow.session, task_id)
    if task is not None and task.state is SupplyTaskState.OPEN:
        _settle(uow, task, SupplyTaskState.FULFILLED, item_id=item_id)


async def send_back(uow: UnitOfWork, task_id: UUID, reason: str, *, version: int) -> SupplyTask:
    """Let the unit say why it will not supply what it was asked for."""
    task = await queries.task(uow.session, uow.actor, task_id, lock=True)
    uow.actor.require(Permission.CONTRIBUTE, task.organization)
    expect(version, task.version)
    _settle(uow, task, SupplyTaskState.RETURNED, reason=reason)
    return task


async def cancel(uow: UnitOfWork, task_id: UUID, reason: str, *, version: int) -> SupplyTask:
    """Ask for it no more, nor again."""
    task = await _open_asked(uow, task_id, version)
    task.recurrence = Recurrence.NONE
    _settle(uow, task, SupplyTaskState.CANCELLED, reason=reason)
    return task


async def pass_time(uow: UnitOfWork, task_id: UUID) -> None:
    """Remind the unit, or say that it is overdue and ask again if that was agreed."""
    task = await queries.locked(uow.session, task_id)
    if task is None or task.due_at is None or task.due_at > uow.now:
        return  # settled since it was claimed
    task.leased_until = None
    if uow.now < task.deadline:
        task.due_at = task.deadline
        uow.announce(SupplyTaskReminded(**_told(task), deadline=task.deadline))
        return
    task.due_at = None
    if task.state is SupplyTaskState.OPEN:
        task.late = True
        uow.announce(SupplyTaskOverdue(**_told(task), deadline=task.deadline))
    await _ask_again(uow, task)


async def _ask_again(uow: UnitOfWork, task: SupplyTask) -> None:
    deadline, occurrence = task.deadline, task.occurrence
    while deadline <= uow.now:  # what a worker that stood still has missed is not asked for
        following = repeated(task.first_deadline, task.recurrence, occurrence)
        if following is None:
            return
        deadline, occurrence = following, occurrence + 1
    again = SupplyTask(
        organization=task.organization,
        site_code=task.site_code,
        sponsoring=task.sponsoring,
        title=task.title,
        brief=task.brief,
        kind=task.kind,
        deadline=deadline,
        first_deadline=task.first_deadline,
        recurrence=task.recurrence,
        occurrence=occurrence,
        asked_by=task.asked_by,
    )
    await _start(uow, again)


async def _start(uow: UnitOfWork, task: SupplyTask) -> None:
    calendar = await registry.calendar(uow.session)
    at = reminder(task.deadline, calendar)
    task.due_at = at if at > uow.now else task.deadline
    uow.session.add(task)
    await uow.session.flush()
    uow.announce(
        SupplyTaskAsked(
            **_told(task), kind=task.kind, deadline=task.deadline, occurrence=task.occurrence
        )
    )


async def _open_asked(uow: UnitOfWork, task_id: UUID, version: int) -> SupplyTask:
    task = await queries.task(uow.session, uow.actor, task_id, lock=True)
    uow.actor.require(Permission.EDIT, task.sponsoring)
    expect(version, task.version)
    return task


def _settle(
    uow: UnitOfWork,
    task: SupplyTask,
    state: SupplyTaskState,
    *,
    item_id: UUID | None = None,
    reason: str | None = None,
) -> None:
    if task.state is not SupplyTaskState.OPEN:
        raise TaskSettled(state=task.state)
    task.state, task.item_id, task.reason = state, item_id, reason
    task.late = task.late or uow.now > task.deadline
    if state is SupplyTaskState.FULFILLED:
        task.fulfilled_at = uow.now
    if task.due_at is not None:  # what recurs is asked for again when this one would fall due
        task.due_at = None if task.recurrence is Recurrence.NONE else task.deadline
    uow.announce(
        SupplyTaskSettled(
            **_told(task),
            state=state,
            late=task.late,
            item_id=item_id,
            reason=mask(reason) if reason else None,
        )
    )


def _told(task: SupplyTask) -> Told:
    return {
        "task_id": task.id,
        "organization": task.organization,
        "site_code": task.site_code,
    }
