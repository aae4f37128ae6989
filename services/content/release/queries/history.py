"""What became of items in public: tombstones, and what depends on what."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry import queries as registry
from services.content.release.address import public_url
from services.content.release.models import Change, Live
from services.content.release.queries.standing import RepostPlace
from services.content.release.withdrawal import gone
from shared.contracts.content import ChangeAct
from shared.contracts.page import Page
from shared.contracts.release import PublicStep, Relation
from shared.pagination import Asked, Listing
from shared.problem import NotFound, Problem

NEVER = "没有这篇内容，或已撤下。"
STEPS = Listing("public-steps", PublicStep, [(Change.seq, int)])


class PublicPlace(NamedTuple):
    """Where an item stands or stood in public, and under which topic."""

    site_code: str
    sponsoring: str
    url: str
    topic_id: UUID | None = None
    is_public: bool = True


async def tombstone(session: AsyncSession, item_id: UUID) -> Change | None:
    """Return the last withdrawal of an item, if it ever was withdrawn."""
    question = select(Change).where(Change.item_id == item_id, Change.act == ChangeAct.WITHDRAWN)
    return await session.scalar(question.order_by(Change.seq.desc()).limit(1))


async def left_at(session: AsyncSession, item_id: UUID, seq: int) -> datetime:
    """Return the instant of an item's withdrawal that bears this number."""
    return (await session.get_one(Change, (seq, item_id))).at


async def absence(session: AsyncSession, item_id: UUID) -> Problem:
    """Return why an item that is not public cannot be shown: it never was, or was withdrawn."""
    last = await tombstone(session, item_id)
    return NotFound(NEVER) if last is None else gone(last.kind, last.at, last.successor)


async def steps(session: AsyncSession, item_id: UUID, asked: Asked) -> Page[PublicStep]:
    """Return one page of an item's public history, latest first."""
    return await STEPS.turn(session, select(Change).where(Change.item_id == item_id), asked)


async def places_left(
    session: AsyncSession, ids: Collection[UUID], title: str
) -> Sequence[RepostPlace]:
    """Return where reposts of a text stood that were withdrawn, and who answers for them."""
    question = (
        select(Change.item_id, Change.site_code)
        .ext(distinct_on(Change.item_id))
        .where(Change.item_id.in_(ids), Change.act == ChangeAct.WITHDRAWN)
        .order_by(Change.item_id, Change.seq.desc())
    )
    rows = (await session.execute(question)).all() if ids else []
    sites = await registry.sites_coded(session, {row.site_code for row in rows})
    return [
        RepostPlace(
            row.item_id,
            row.site_code,
            sites[row.site_code].sponsoring,
            public_url(sites[row.site_code].domain, row.item_id),
            title,
        )
        for row in rows
    ]


async def place(session: AsyncSession, item_id: UUID) -> PublicPlace:
    """Return where an item stands or stood in public, or refuse if it never did."""
    columns = (Live.site_code, Live.sponsoring, Live.url, Live.topic_id)
    row = (await session.execute(select(*columns).where(Live.item_id == item_id))).first()
    if row is not None:
        return PublicPlace(*row)
    last = await tombstone(session, item_id)
    if last is None:
        raise NotFound(NEVER)
    site = await registry.site(session, last.site_code)
    url = public_url(site.domain, item_id)
    return PublicPlace(site.code, site.sponsoring, url, is_public=False)


def referring(item_id: UUID, url: str) -> Select[Any]:
    """Return the question which public items refer to an item, how, and whether they leave too."""
    interpreting = select(Live.item_id).where(Live.interprets_id == item_id).scalar_subquery()
    reposting = or_(Live.origin_item_id == item_id, Live.origin_item_id.in_(interpreting))
    relation = case(
        (Live.interprets_id == item_id, Relation.INTERPRETATION.value),
        (Live.successor_id == item_id, Relation.REPLACED.value),
        (reposting, Relation.REPOST.value),
        else_=Relation.LINK.value,
    )
    leaves = relation.in_([Relation.INTERPRETATION.value, Relation.REPOST.value])
    _, _, address = url.partition("://")
    linking = [
        Live.links.contains([{"href": f"{scheme}://{address}{end}"}])
        for scheme in ("https", "http")
        for end in ("", "/")
    ]
    refers = or_(
        Live.interprets_id == item_id,
        Live.successor_id == item_id,
        reposting,
        *linking,
        _written_out(item_id),
    )
    return select(
        Live.item_id.label("id"),
        Live.item_id,
        Live.site_code,
        Live.title,
        Live.url,
        relation.label("relation"),
        leaves.label("leaves"),
    ).where(refers, Live.item_id != item_id)


def _written_out(item_id: UUID) -> ColumnElement[bool]:
    """Select the texts in which an item's address is written out, whatever domain it names."""
    asked = func.plainto_tsquery("simple", str(item_id))
    return and_(Live.tokens.op("@@")(asked), Live.body.contains(str(item_id)))
