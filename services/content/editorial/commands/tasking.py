"""Everything that changes what is owed to an item, and to whom it falls."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.content.editorial.commands.opening import known_item, may, require
from services.content.editorial.models import Item, Task
from services.content.editorial.owing import needed
from services.content.editorial.queries import items as queries
from services.content.editorial.queries import owing
from services.content.editorial.workflow import SamePerson
from services.content.staff.authority import grants
from services.content.staff.queries import posts as staff
from shared.auth import Actor, Permission
from shared.contracts.content import ReviewStep
from shared.contracts.tasking import (
    AfterReview,
    Assignment,
    ItemReviewedAfter,
    NewWriting,
    TaskAssigned,
    TaskKind,
    TaskOpened,
    TaskOutcome,
    TaskOverdue,
)
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound, Unprocessable
from shared.uow import UnitOfWork, expect


class NotTheirs(Unprocessable):
    """The assignee's posts do not let them do this."""

    advice = "所选人员无此项权限，或已参与该稿件的其他环节。"


class TaskAlreadySettled(Conflict):
    """The task has been done or dropped."""

    advice = "此任务已办结。"


class OtherTextAfterwards(Conflict):
    """The text looked at is not the one that went out by the emergency road."""

    advice = "复核的内容与应急发布的内容不一致，请重新阅读。"


def open_task(
    uow: UnitOfWork,
    item: Item,
    kind: TaskKind,
    *,
    step: ReviewStep | None = None,
    assignee: str | None = None,
    deadline: datetime | None = None,
    note: str | None = None,
) -> Task:
    """Let somebody owe an item something, from now on."""
    task = Task(
        id=new_id(),
        item_id=item.id,
        item=item,
        site_code=item.site_code,
        sponsoring=item.sponsoring,
        kind=kind,
        step=step,
        content_hash=None if kind is TaskKind.WRITE else item.current.content_hash,
        note=note,
        assignee=assignee,
        deadline=deadline,
        due_at=deadline,
        opened_at=uow.now,
    )
    uow.session.add(task)
    uow.announce(
        TaskOpened(
            task_id=task.id,
            item_id=item.id,
            site_code=item.site_code,
            kind=kind,
            step=step,
            assignee=assignee,
            deadline=deadline,
        )
    )
    return task


def settle(uow: UnitOfWork, tasks: Iterable[Task], outcome: TaskOutcome) -> None:
    """End tasks: nobody owes them any more."""
    for task in tasks:
        task.settled_at, task.settled_by, task.outcome = uow.now, uow.actor.id, outcome
        task.due_at = None


async def ask_to_write(uow: UnitOfWork, item_id: UUID, new: NewWriting) -> Task:
    """Ask somebody to write or change an item."""
    item = await known_item(uow, item_id)
    require(uow, Permission.EDIT, item)
    if new.assignee is not None:
        await _check_assignee(uow, new.assignee, Permission.EDIT, item.sponsoring)
        if await owing.is_barred(uow.session, new.assignee, item.id, TaskKind.WRITE):
            raise NotTheirs
    _refuse_past(uow, new.deadline)
    return open_task(
        uow,
        item,
        TaskKind.WRITE,
        assignee=new.assignee,
        deadline=new.deadline,
        note=new.note,
    )


async def assign_task(
    uow: UnitOfWork, task_id: UUID, assignment: Assignment, *, version: int
) -> Task:
    """Say whom a task falls to, and by when."""
    task = await _open_task(uow, task_id)
    permission = needed(task.kind, task.step)
    if not may(uow, permission, task):
        require(uow, Permission.EDIT, task)
    expect(version, task.version)
    if assignment.assignee is not None:
        await _check_assignee(uow, assignment.assignee, permission, task.sponsoring)
        if await owing.is_barred(
            uow.session, assignment.assignee, task.item_id, task.kind, task.content_hash
        ):
            raise NotTheirs
    _refuse_past(uow, assignment.deadline)
    if task.kind is TaskKind.AFTER_REVIEW and assignment.deadline != task.deadline:
        raise Invalid([Fault("/deadline", "fixed", "应急发布后复核的期限不能更改。")])
    task.assignee, task.deadline = assignment.assignee, assignment.deadline
    task.due_at = task.deadline
    uow.announce(
        TaskAssigned(
            task_id=task.id,
            item_id=task.item_id,
            site_code=task.site_code,
            assignee=task.assignee,
            deadline=task.deadline,
        )
    )
    return task


async def review_afterwards(uow: UnitOfWork, item_id: UUID, given: AfterReview) -> Item:
    """Take the second look at a text that went by the emergency road."""
    item = await known_item(uow, item_id)
    require(uow, Permission.REVIEW, item)
    owed = [
        task
        for task in await owing.open_tasks(uow.session, item_id)
        if task.kind is TaskKind.AFTER_REVIEW
    ]
    if not owed:
        raise NotFound("这篇稿件没有待办的应急复核。")
    of_text = [task for task in owed if task.content_hash == given.content_hash]
    if not of_text:
        raise OtherTextAfterwards(content_hash=owed[-1].content_hash)
    if uow.actor.id in await queries.writers(uow.session, item_id):
        raise SamePerson
    settle(uow, of_text, TaskOutcome.DONE if given.sound else TaskOutcome.RETURNED)
    of_text[0].note = given.note
    uow.announce(
        ItemReviewedAfter(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=given.content_hash,
            sound=given.sound,
        )
    )
    return item


async def call_overdue(uow: UnitOfWork, task_id: UUID) -> None:
    """Say once that a task was not done in time."""
    task = await uow.session.get_one(Task, task_id, with_for_update=True)
    if task.due_at is None or task.due_at > uow.now or task.deadline is None:
        return  # settled, or given more time, since the clock was read
    task.due_at = None
    uow.announce(
        TaskOverdue(
            task_id=task.id,
            item_id=task.item_id,
            site_code=task.site_code,
            kind=task.kind,
            deadline=task.deadline,
        )
    )


async def _open_task(uow: UnitOfWork, task_id: UUID) -> Task:
    task = await owing.task(uow.session, task_id)
    if task is None or not may(uow, Permission.READ_DRAFTS, task):
        raise NotFound("没有这项任务。")
    if task.settled_at is not None:
        raise TaskAlreadySettled
    return task


async def _check_assignee(
    uow: UnitOfWork, assignee: str, permission: Permission, sponsoring: str
) -> None:
    person_id = UUID(assignee.removeprefix("person:"))
    held = grants(await staff.held_by(uow.session, person_id, uow.now))
    if not Actor(assignee, grants=held).may(permission, sponsoring):
        raise NotTheirs


def _refuse_past(uow: UnitOfWork, deadline: datetime | None) -> None:
    if deadline is not None and deadline <= uow.now:
        raise Invalid([Fault("/deadline", "in_the_past", "期限应在当前时间之后。")])
