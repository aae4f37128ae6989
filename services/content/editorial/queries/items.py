"""Questions about items that are being worked on."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, load_only, selectinload

from services.content.editorial.link_reading.queries import has_link
from services.content.editorial.models import (
    Item,
    Part,
    PartKind,
    ReviewLevels,
    Revision,
)
from services.content.editorial.schemas import ItemFilter
from shared.auth import Actor, Permission, upward
from shared.authority import reached
from shared.contracts import content as contracts
from shared.contracts import revising
from shared.contracts.content import ReviewStep
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
    found = await session.scalar(question.where(readable_by(actor)))
    if found is None:
        raise NotFound("没有这篇稿件。")
    return found


async def items(
    session: AsyncSession, actor: Actor, wanted: ItemFilter, asked: Asked
) -> Page[contracts.Item]:
    """Return one page of the items an actor may see, newest first."""
    question = select(Item).options(*WHOLE).where(readable_by(actor))
    for column, value in (
        (Item.site_code, wanted.site_code),
        (Item.column_id, wanted.column_id),
        (Item.stage, wanted.stage),
    ):
        if value is not None:
            question = question.where(column == value)
    return await ITEMS.turn(session, question, asked)


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Return what must hold of an item for the actor to see its texts."""
    return reached(
        actor,
        Permission.READ_DRAFTS,
        Item.sponsoring,
        site=Item.site_code,
        column=Item.column_id,
    )


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


async def batch(
    session: AsyncSession, after: UUID | None, most: int, link_id: UUID | None = None
) -> Sequence[Item]:
    """Return the items that follow one, oldest first; of those with a link, if one is named."""
    question = select(Item).options(*WHOLE).order_by(Item.id).limit(most)
    if link_id is not None:
        question = question.where(has_link(link_id))
    if after is not None:
        question = question.where(Item.id > after)
    return (await session.scalars(question)).all()


async def writers(session: AsyncSession, item_id: UUID) -> set[str]:
    """Return everyone who wrote in an item."""
    question = select(Part.person).where(Part.item_id == item_id, Part.kind == PartKind.WRITER)
    return set(await session.scalars(question))


async def revision(session: AsyncSession, item_id: UUID, number: int) -> Revision:
    """Return one of an item's texts, or refuse."""
    question = select(Revision).where(Revision.item_id == item_id, Revision.number == number)
    found = await session.scalar(question)
    if found is None:
        raise NoRevision
    return found


async def editions(
    session: AsyncSession, named: Collection[tuple[UUID, str]]
) -> Sequence[Revision]:
    """Return every revision that has one of these hashes, each of the item named with it."""
    by_hash = tuple_(Revision.item_id, Revision.content_hash)
    question = select(Revision).where(by_hash.in_(sorted(named))).order_by(Revision.id)
    return (await session.scalars(question)).all() if named else []


async def texts_of(session: AsyncSession, ids: Collection[UUID]) -> Sequence[Revision]:
    """Return every text these items ever had, oldest first."""
    question = select(Revision).where(Revision.item_id.in_(ids)).order_by(Revision.id)
    return (await session.scalars(question)).all() if ids else []


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
    seen = readable_by(actor)
    return (
        select(Revision)
        .join(Item, Item.id == Revision.item_id)
        .where(Revision.item_id == item_id, seen)
    )


async def levels(session: AsyncSession, path: str) -> list[ReviewStep]:
    """Return the reviews that come first at an organization: its own, else the nearest above."""
    question = (
        select(ReviewLevels.levels)
        .where(ReviewLevels.organization.in_(upward(path)))
        .order_by(func.length(ReviewLevels.organization).desc())
        .limit(1)
    )
    return [ReviewStep(step) for step in await session.scalar(question) or []]


async def levels_at(session: AsyncSession, path: str) -> ReviewLevels | None:
    """Return what an organization itself has set."""
    return await session.get(ReviewLevels, path)


async def levels_set(session: AsyncSession, path: str) -> ReviewLevels:
    """Return what an organization itself has set, or refuse."""
    found = await levels_at(session, path)
    if found is None:
        raise NotFound("该单位没有增设审校环节。")
    return found


async def texts(session: AsyncSession, hashes: Mapping[UUID, str]) -> Mapping[UUID, Revision]:
    """Return the texts of items that have these hashes, with what they name and waive alone."""
    alone = (Revision.item_id, Revision.content_hash, Revision.waivers)
    files = (Revision.images, Revision.attachments, Revision.recordings)
    question = (
        select(Revision)
        .options(load_only(*alone, *files, raiseload=True))
        .where(Revision.item_id.in_(hashes), Revision.content_hash.in_(hashes.values()))
    )
    return {
        row.item_id: row
        for row in await session.scalars(question)
        if hashes[row.item_id] == row.content_hash
    }
