"""Questions about what is owed to items and remarked on them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.editorial.models import (
    Approval,
    Comment,
    Item,
    Part,
    PartKind,
    Task,
)
from services.content.editorial.owing import doable
from services.content.editorial.queries.items import readable_by
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import remarking, tasking
from shared.contracts.content import ReviewStep
from shared.contracts.page import Page
from shared.contracts.tasking import TaskKind
from shared.pagination import Asked, Listing

TASKS = Listing("tasks", tasking.Task, [(Task.id, UUID)], newest_first=False)
COMMENTS = Listing("comments", remarking.Comment, [(Comment.id, UUID)], newest_first=False)
OF_ITEM = joinedload(Task.item).joinedload(Item.current)


async def task(session: AsyncSession, task_id: UUID) -> Task | None:
    """Return a task with its item, locked until the transaction ends."""
    question = select(Task).options(OF_ITEM).where(Task.id == task_id).with_for_update(of=Task)
    return await session.scalar(question)


async def open_tasks(session: AsyncSession, item_id: UUID) -> Sequence[Task]:
    """Return what is still owed to an item, oldest first."""
    question = select(Task).where(Task.item_id == item_id, Task.settled_at.is_(None))
    return (await session.scalars(question.order_by(Task.id))).all()


async def tasks_of_item(
    session: AsyncSession, actor: Actor, item_id: UUID, asked: Asked
) -> Page[tasking.Task]:
    """Return one page of all that was and is owed to an item the actor may see."""
    seen = reached(actor, Permission.READ_DRAFTS, Task.sponsoring, site=Task.site_code)
    question = select(Task).options(OF_ITEM).where(Task.item_id == item_id, seen)
    return await TASKS.turn(session, question, asked)


async def tasks_for(session: AsyncSession, actor: Actor, asked: Asked) -> Page[tasking.Task]:
    """Return one page of the open tasks that fall to the actor, oldest first.

    They are those assigned to them, and those assigned to nobody that their posts let them do,
    but for what their part in the item keeps them from.
    """
    free = and_(
        Task.assignee.is_(None),
        ~_barred(actor.id, Task.item_id, Task.kind, Task.content_hash),
        or_(*(_can_do(actor, *one) for one in doable())),
    )
    question = (
        select(Task)
        .options(OF_ITEM)
        .where(Task.settled_at.is_(None), or_(Task.assignee == actor.id, free))
    )
    return await TASKS.turn(session, question, asked)


async def is_barred(
    session: AsyncSession,
    person: str,
    item_id: UUID,
    kind: TaskKind,
    content_hash: str | None = None,
) -> bool:
    """Say whether somebody's part in an item keeps them from a task."""
    barred = _barred(
        person, literal(item_id), literal(kind, Task.kind.type), literal(content_hash, String)
    )
    return bool(await session.scalar(select(literal(True)).where(barred)))  # noqa: FBT003  # SQL


def _barred(
    person: str,
    item_id: SQLColumnExpression[UUID],
    kind: SQLColumnExpression[TaskKind],
    content_hash: SQLColumnExpression[str | None],
) -> ColumnElement[bool]:
    """Writers never review, reviewers never write, and nobody gives a text two reviews."""
    wrote, reviewed = (
        exists().where(Part.item_id == item_id, Part.person == person, Part.kind == part)
        for part in (PartKind.WRITER, PartKind.REVIEWER)
    )
    gave = exists().where(
        Approval.item_id == item_id,
        Approval.reviewer == person,
        Approval.content_hash == content_hash,
    )
    return or_(
        and_(kind == TaskKind.WRITE, reviewed),
        and_(kind != TaskKind.WRITE, wrote),
        and_(kind == TaskKind.REVIEW, gave),
    )


def _can_do(
    actor: Actor, kind: TaskKind, step: ReviewStep | None, permission: Permission
) -> ColumnElement[bool]:
    same = Task.step.is_(None) if step is None else Task.step == step
    return and_(
        Task.kind == kind, same, reached(actor, permission, Task.sponsoring, site=Task.site_code)
    )


async def comment(session: AsyncSession, comment_id: UUID) -> Comment | None:
    """Return a remark, locked until the transaction ends."""
    return await session.get(Comment, comment_id, with_for_update=True)


async def comments(
    session: AsyncSession, actor: Actor, item_id: UUID, asked: Asked
) -> Page[remarking.Comment]:
    """Return one page of the remarks on an item the actor may see, oldest first."""
    question = (
        select(Comment)
        .join(Item, Item.id == Comment.item_id)
        .where(Comment.item_id == item_id, readable_by(actor))
    )
    return await COMMENTS.turn(session, question, asked)
