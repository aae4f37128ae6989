"""HTTP of items: written, submitted, reviewed, and every text they had."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from services.content.editorial.commands import reviewing, writing
from services.content.editorial.comparison import compare
from services.content.editorial.models import Item as ItemRow
from services.content.editorial.models import Revision as RevisionRow
from services.content.editorial.queries import items as queries
from services.content.editorial.schemas import ItemFilter
from services.content.editorial.vocabulary import vocabularies
from shared.contracts.content import Item, Stage
from shared.contracts.drafting import Draft, NewItem, ReviewDecision, Submission
from shared.contracts.page import Page
from shared.contracts.revising import Comparison, Revision, RevisionText
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["editorial"])

NORMAL = Submission()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Since = Annotated[int, Query(ge=1, le=2**31 - 1)]


@router.post("/items", status_code=201, response_model=Item)
async def write_item(new: NewItem, begin: BeginAct) -> Response:
    """Write the first text of an item for a column of a site."""
    async with begin() as uow:
        return await uow.answer(Item, await writing.write_item(uow, new), 201)


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
        item = await writing.revise_item(uow, item_id, draft, version=if_match)
        return await uow.answer(Item, item)


@router.post("/items/{item_id}/submission", response_model=Item)
async def submit_for_review(
    item_id: UUID, if_match: IfMatch, begin: BeginAct, submission: Submission = NORMAL
) -> Response:
    """Hand an item's text to its reviewers; with a reason, by the emergency road."""
    async with begin() as uow:
        item = await reviewing.submit_for_review(uow, item_id, submission, version=if_match)
        return await uow.answer(Item, item)


@router.post("/items/{item_id}/reviews", response_model=Item)
async def review_item(
    item_id: UUID, decision: ReviewDecision, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Approve or return exactly the text that was read."""
    async with begin() as uow:
        item = await reviewing.review_item(uow, item_id, decision, version=if_match)
        return await uow.answer(Item, item)


@router.get("/items/{item_id}/revisions")
async def list_revisions(
    item_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Revision]:
    """Return the texts an item had, latest first; none is ever lost."""
    return await queries.revisions(session, actor, item_id, page)


@router.get("/items/{item_id}/revisions/{number}", response_model=RevisionText)
async def read_revision(
    item_id: UUID, number: Number, actor: Somebody, session: Reading
) -> RevisionRow:
    """Return a text an item had, and who wrote each of its paragraphs."""
    return (await queries.revisions_read(session, actor, item_id, {number}))[number]


@router.get("/items/{item_id}/revisions/{number}/comparison")
async def compare_revisions(
    item_id: UUID, number: Number, since: Since, actor: Somebody, session: Reading
) -> Comparison:
    """Return what changed from revision `since` to this one, by field and by paragraph."""
    read = await queries.revisions_read(session, actor, item_id, {since, number})
    return await asyncio.to_thread(compare, read[since], read[number])


@router.post("/items/{item_id}/revisions/{number}/restoration", response_model=Item)
async def restore_revision(
    item_id: UUID, number: Number, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Write a text the item once had anew; what came between stays in the list."""
    async with begin() as uow:
        item = await writing.restore_revision(uow, item_id, number, version=if_match)
        return await uow.answer(Item, item)


@router.get("/vocabularies")
async def list_vocabularies(_: Somebody) -> Mapping[str, Sequence[str]]:
    """Return the terms an item may be classed by, vocabulary by vocabulary."""
    return vocabularies()
