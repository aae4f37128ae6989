"""What became of items in public: tombstones, and what depends on what."""

from uuid import UUID

from sqlalchemy import case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Bundle

from services.content.release.models import Change, Live
from services.content.release.withdrawal import gone
from shared.auth import Actor, Permission
from shared.contracts.content import ChangeAct
from shared.contracts.page import Page
from shared.contracts.release import Affected, PublicStep, Relation
from shared.pagination import Asked, Listing
from shared.problem import NotFound, Problem

NEVER = "没有这篇内容，或已撤下。"
STEPS = Listing("public-steps", PublicStep, [(Change.seq, int)])
AFFECTED = Listing("impact", Affected, [(Live.item_id, UUID)], newest_first=False)


async def tombstone(session: AsyncSession, item_id: UUID) -> Change | None:
    """Return the last withdrawal of an item, if it ever was withdrawn."""
    question = select(Change).where(Change.item_id == item_id, Change.act == ChangeAct.WITHDRAWN)
    return await session.scalar(question.order_by(Change.seq.desc()).limit(1))


async def absence(session: AsyncSession, item_id: UUID) -> Problem:
    """Return why an item that is not public cannot be shown: it never was, or was withdrawn."""
    last = await tombstone(session, item_id)
    return NotFound(NEVER) if last is None else gone(last.kind, last.at, last.successor)


async def steps(session: AsyncSession, item_id: UUID, asked: Asked) -> Page[PublicStep]:
    """Return one page of an item's public history, latest first."""
    return await STEPS.turn(session, select(Change).where(Change.item_id == item_id), asked)


async def impact(
    session: AsyncSession, actor: Actor, item_id: UUID, asked: Asked
) -> Page[Affected]:
    """Return one page of the public items that refer to a public item, or refuse."""
    item = await session.get(Live, item_id)
    if item is None:
        raise NotFound(NEVER)
    actor.require(Permission.READ_DRAFTS, item.sponsoring)
    interpreting = select(Live.item_id).where(Live.interprets_id == item_id).scalar_subquery()
    relation = case(
        (Live.interprets_id == item_id, Relation.INTERPRETATION.value),
        (Live.successor_id == item_id, Relation.REPLACED.value),
        else_=Relation.REPOST.value,
    )
    affected: Bundle[Affected] = Bundle(
        "affected",
        Live.item_id,
        Live.site_code,
        Live.title,
        relation.label("relation"),
        (relation != Relation.REPLACED.value).label("leaves"),
    )
    refers = or_(
        Live.interprets_id == item_id,
        Live.successor_id == item_id,
        Live.origin_item_id == item_id,
        Live.origin_item_id.in_(interpreting),
    )
    return await AFFECTED.turn(session, select(affected).where(refers), asked)
