"""Questions about items that are being worked on."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from services.content.editorial.models import Item, Revision
from services.content.editorial.schemas import ItemFilter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import content as contracts
from shared.contracts import revising
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound


class NoRevision(NotFound):
    """The item has no text of this number, or none that you may see."""

    advice = "没有这一版本。"


ITEMS = Listing("items", contracts.Item, [(Item.id, UUID)])

REVISIONS = Listing("revisions", revising.Revision, [(Revision.number, int)])

WHOLE = (joinedload(Item.current), selectinload(Item.approvals))


async def item(session: AsyncSession, actor: Actor, item_id: UUID) -> Item:
    """Return an item the actor may see, or refuse as if it did not exist."""
    question = select(Item).options(*WHOLE).where(Item.id == item_id)
    found = await session.scalar(
        question.where(reached(actor, Permission.READ_DRAFTS, Item.sponsoring))
    )
    if found is None:
        raise NotFound("没有这篇稿件。")
    return found


async def items(
    session: AsyncSession, actor: Actor, wanted: ItemFilter, asked: Asked
) -> Page[contracts.Item]:
    """Return one page of the items an actor may see, newest first."""
    question = (
        select(Item).options(*WHOLE).where(reached(actor, Permission.READ_DRAFTS, Item.sponsoring))
    )
    for column, value in (
        (Item.site_code, wanted.site_code),
        (Item.column_id, wanted.column_id),
        (Item.stage, wanted.stage),
    ):
        if value is not None:
            question = question.where(column == value)
    return await ITEMS.turn(session, question, asked)


async def locked(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Item]:
    """Return these items whole, in a fixed order, locked until the transaction ends."""
    question = (
        select(Item)
        .options(*WHOLE)
        .where(Item.id.in_(ids))
        .order_by(Item.id)
        .with_for_update(of=Item)
    )
    return (await session.scalars(question)).all()


async def authors(session: AsyncSession, item_id: UUID) -> set[str]:
    """Return everyone who wrote a revision of the item."""
    question = select(Revision.author).where(Revision.item_id == item_id).distinct()
    return set(await session.scalars(question))


async def revision(session: AsyncSession, item_id: UUID, number: int) -> Revision:
    """Return one of an item's texts, or refuse."""
    question = select(Revision).where(Revision.item_id == item_id, Revision.number == number)
    found = await session.scalar(question)
    if found is None:
        raise NoRevision
    return found


async def revisions_read(
    session: AsyncSession, actor: Actor, item_id: UUID, numbers: Collection[int]
) -> Mapping[int, Revision]:
    """Return texts of an item the actor may see, by number; if one is missing, refuse."""
    rows = await session.scalars(_read(actor, item_id).where(Revision.number.in_(numbers)))
    found = {row.number: row for row in rows}
    if found.keys() != set(numbers):
        raise NoRevision
    return found


async def revisions(
    session: AsyncSession, actor: Actor, item_id: UUID, asked: Asked
) -> Page[revising.Revision]:
    """Return one page of the texts an item had, latest first; an item has at least one."""
    page = await REVISIONS.turn(session, _read(actor, item_id), asked)
    if not page.items and asked.after is None:
        raise NotFound("没有这篇稿件。")
    return page


def _read(actor: Actor, item_id: UUID) -> Select[Revision]:
    seen = reached(actor, Permission.READ_DRAFTS, Item.sponsoring)
    return (
        select(Revision)
        .join(Item, Item.id == Revision.item_id)
        .where(Revision.item_id == item_id, seen)
    )
