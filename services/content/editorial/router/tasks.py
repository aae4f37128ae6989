"""HTTP of what is owed to items: tasks, second looks, remarks, and the reviews asked for."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.editorial.commands import levelling, remarking, tasking
from services.content.editorial.queries import items as queries
from services.content.editorial.queries import owing
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.content import Item
from shared.contracts.page import Page
from shared.contracts.remarking import Comment, NewComment
from shared.contracts.reviewing import ReviewLevels, WantedLevels
from shared.contracts.tasking import AfterReview, Assignment, NewWriting, Task
from shared.contracts.text import OrganizationCode
from shared.requests import BeginAct, IfMatch, IfMatchOrNew, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["editorial"])


@router.get("/tasks")
async def list_my_tasks(actor: Somebody, session: Reading, page: WhichPage) -> Page[Task]:
    """Return the open tasks that fall to the bearer, oldest first."""
    return await owing.tasks_for(session, actor, page)


@router.put("/tasks/{task_id}", response_model=Task)
async def assign_task(
    task_id: UUID, assignment: Assignment, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say whom a task falls to, and by when."""
    async with begin() as uow:
        task = await tasking.assign_task(uow, task_id, assignment, version=if_match)
        return await uow.answer(Task, task)


@router.post("/items/{item_id}/tasks", status_code=201, response_model=Task)
async def ask_to_write(item_id: UUID, new: NewWriting, begin: BeginAct) -> Response:
    """Ask somebody to write or change an item."""
    async with begin() as uow:
        return await uow.answer(Task, await tasking.ask_to_write(uow, item_id, new), 201)


@router.get("/items/{item_id}/tasks")
async def list_tasks(
    item_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Task]:
    """Return all that was and is owed to an item, oldest first."""
    return await owing.tasks_of_item(session, actor, item_id, page)


@router.post("/items/{item_id}/after-review", response_model=Item)
async def review_afterwards(item_id: UUID, given: AfterReview, begin: BeginAct) -> Response:
    """Take the second look at a text that went by the emergency road."""
    async with begin() as uow:
        return await uow.answer(Item, await tasking.review_afterwards(uow, item_id, given))


@router.post("/items/{item_id}/comments", status_code=201, response_model=Comment)
async def comment_on(item_id: UUID, new: NewComment, begin: BeginAct) -> Response:
    """Remark on a stretch of one of an item's texts."""
    async with begin() as uow:
        return await uow.answer(Comment, await remarking.comment_on(uow, item_id, new), 201)


@router.get("/items/{item_id}/comments")
async def list_comments(
    item_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Comment]:
    """Return the remarks on an item, oldest first."""
    return await owing.comments(session, actor, item_id, page)


@router.post("/comments/{comment_id}/settlement", response_model=Comment)
async def settle_comment(comment_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Note that a remark was dealt with."""
    async with begin() as uow:
        comment = await remarking.settle_comment(uow, comment_id, version=if_match)
        return await uow.answer(Comment, comment)


@router.put("/organizations/{code}/review-levels", response_model=ReviewLevels)
async def set_levels(
    code: OrganizationCode, wanted: WantedLevels, if_match: IfMatchOrNew, begin: BeginAct
) -> Response:
    """Have reviews come before the leader's, at an organization and those below it."""
    async with begin() as uow:
        return await uow.answer(
            ReviewLevels, await levelling.set_levels(uow, code, wanted, version=if_match)
        )


@router.get("/organizations/{code}/review-levels", response_model=ReviewLevels)
async def read_levels(
    code: OrganizationCode, actor: Somebody, session: Reading, response: Response
) -> object:
    """Return which reviews an organization itself has set to come first."""
    organization = await registry.organization(session, code)
    if not actor.may(Permission.READ_DRAFTS, organization.path):
        actor.require(Permission.ADMINISTER, organization.path)
    levels = await queries.levels_set(session, organization.path)
    response.headers["ETag"] = f'"{levels.version}"'
    return levels
