"""Questions about index numbers."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import IndexNumber, IndexPattern
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import index_number as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

NUMBERS = Listing("index-numbers", contracts.IndexNumber, [(IndexNumber.item_id, UUID)])


async def numbers_of(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return the index numbers that these items were given."""
    question = select(IndexNumber.item_id, IndexNumber.index_no)
    rows = await session.execute(question.where(IndexNumber.item_id.in_(ids)))
    return {row.item_id: row.index_no for row in rows}


async def patterns(session: AsyncSession, paths: Collection[str]) -> Mapping[str, IndexPattern]:
    """Return the patterns that these organizations set, by path."""
    question = select(IndexPattern).where(IndexPattern.organization.in_(paths))
    return {row.organization: row for row in await session.scalars(question)}


async def pattern(session: AsyncSession, path: str) -> IndexPattern:
    """Return the pattern an organization set, or refuse."""
    found = await session.get(IndexPattern, path)
    if found is None:
        raise NotFound("该单位没有自设索引号规则。")
    return found


async def numbers(
    session: AsyncSession, actor: Actor, index_no: str | None, asked: Asked
) -> Page[contracts.IndexNumber]:
    """Return one page of the index numbers of items an actor may work on, or of one number."""
    question = select(IndexNumber).where(
        reached(actor, Permission.READ_DRAFTS, IndexNumber.organization)
    )
    if index_no is not None:
        question = question.where(IndexNumber.index_no == index_no)
    return await NUMBERS.turn(session, question, asked)
