"""HTTP of the editorial office."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.editorial import commands, queries
from services.content.editorial.models import Item as ItemRow
from services.content.editorial.schemas import ItemFilter
from shared.contracts.content import Item, Stage
from shared.contracts.drafting import Draft, NewItem, ReviewDecision
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["editorial"])


@router.post("/items", status_code=201, response_model=Item)
async def write_item(new: NewItem, begin: BeginAct) -> Response:
    """Write the first text of an item for a column of a site."""
    async with begin() as uow:
        return await uow.answer(Item, await commands.write_item(uow, new), 201)


@router.get("/items")
async def list_items(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    column_id: UUID | None = None,
    stage: Stage | None = None,
) -> Page[Item]:
    """Return the items the bearer's posts reach, newest first."""
    wanted = ItemFilter(site_code=site_code, column_id=column_id, stage=stage)
    return await queries.items(session, actor, wanted, page)


@router.get("/items/{item_id}", response_model=Item)
async def read_item(
    item_id: UUID, actor: Somebody, session: Reading, response: Response
) -> ItemRow:
    """Return one item with its approvals and what the checks found."""
    item = await queries.item(session, actor, item_id)
    response.headers["ETag"] = f'"{item.version}"'
    return item


@router.put("/items/{item_id}", response_model=Item)
async def revise_item(item_id: UUID, draft: Draft, if_match: IfMatch, begin: BeginAct) -> Response:
    """Replace an item's text; approvals of the old text do not count for the new one."""
    async with begin() as uow:
        item = await commands.revise_item(uow, item_id, draft, version=if_match)
        return await uow.answer(Item, item)


@router.post("/items/{item_id}/submission", response_model=Item)
async def submit_for_review(item_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Hand an item's text to its reviewers."""
    async with begin() as uow:
        item = await commands.submit_for_review(uow, item_id, version=if_match)
        return await uow.answer(Item, item)


@router.post("/items/{item_id}/reviews", response_model=Item)
async def review_item(
    item_id: UUID, decision: ReviewDecision, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Approve or return exactly the text that was read."""
    async with begin() as uow:
        item = await commands.review_item(uow, item_id, decision, version=if_match)
        return await uow.answer(Item, item)
