"""Questions about what is known of links."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, any_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.link_reading.dead_link import DeadLink
from services.content.editorial.link_reading.models import LinkHost, LinkReading, LinkUse
from services.content.editorial.models import Item, Revision
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import dead_links as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

DEAD_LINKS = Listing(
    "dead-links",
    contracts.DeadLink,
    [(LinkReading.dead_from, datetime.fromisoformat), (LinkReading.id, UUID)],
)
MOST_ITEMS = 20


def among(urls: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a link is one of these, however many they are."""
    return LinkReading.url == any_(bindparam(None, sorted(urls), ARRAY(String)))


async def dead_links(session: AsyncSession, urls: Collection[str]) -> Mapping[str, DeadLink]:
    """Return what is known of those of the links that are dead."""
    if not urls:
        return {}
    question = select(
        LinkReading.url,
        LinkReading.cause,
        LinkReading.cause_status,
        LinkReading.dead_from,
        LinkReading.confirmed_at,
    ).where(among(urls), LinkReading.confirmed_at.is_not(None))
    return {
        row.url: DeadLink(row.cause, row.cause_status, row.dead_from, row.confirmed_at)
        for row in await session.execute(question)
    }


async def due(
    session: AsyncSession, hosts: Collection[str], now: datetime
) -> Mapping[str, LinkReading]:
    """Return the link of each of these hosts that has been due longest, if one is."""
    question = (
        select(LinkReading)
        .ext(distinct_on(LinkReading.host))
        .where(LinkReading.host.in_(hosts), LinkReading.due_at <= now)
        .order_by(LinkReading.host, LinkReading.due_at, LinkReading.id)
    )
    return {link.host: link for link in await session.scalars(question)}


async def next_due(session: AsyncSession, host: str) -> datetime | None:
    """Return when the next of a host's links is due."""
    return await session.scalar(
        select(func.min(LinkReading.due_at)).where(LinkReading.host == host)
    )


async def witnesses(
    session: AsyncSession, besides: Collection[str], now: datetime, most: int
) -> Sequence[LinkReading]:
    """Return links that answered when last read, of hosts that may be asked now; oldest first."""
    question = (
        select(LinkReading)
        .join(LinkHost, LinkHost.host == LinkReading.host)
        .where(
            LinkReading.answered_at.is_not(None),
            LinkReading.host.not_in(besides),
            or_(LinkHost.rests_until.is_(None), LinkHost.rests_until <= now),
            or_(LinkHost.leased_until.is_(None), LinkHost.leased_until <= now),
        )
        .order_by(LinkReading.answered_at)
        .limit(most)
    )
    return (await session.scalars(question)).all()


async def of_site(
    session: AsyncSession, actor: Actor, site_code: str, asked: Asked
) -> Page[contracts.DeadLink]:
    """Return one page of the dead links in a site's items an actor may see, the latest first."""
    readable = reached(
        actor,
        Permission.READ_DRAFTS,
        Item.sponsoring,
        site=Item.site_code,
        column=Item.column_id,
    )
    using = (
        LinkUse.link_id == LinkReading.id,
        LinkUse.item_id == Item.id,
        Item.site_code == site_code,
        readable,
    )
    count = select(func.count()).select_from(LinkUse).join(Item).where(*using)
    row = func.jsonb_build_object(
        *("id", LinkReading.id, "url", LinkReading.url),
        *("found", LinkReading.cause, "status", LinkReading.cause_status),
        *("since", LinkReading.dead_from, "confirmed_at", LinkReading.confirmed_at),
        *("read_at", LinkReading.read_at),
        *("item_count", count.correlate(LinkReading).scalar_subquery()),
        *("items", _first_of(using).scalar_subquery()),
    )
    question = select(row).where(
        LinkReading.confirmed_at.is_not(None),
        exists().where(*using).correlate(LinkReading),
    )
    return await DEAD_LINKS.turn(session, question, asked)


def _first_of(using: Sequence[ColumnElement[bool]]) -> Select[Any]:
    first = (
        select(Item.id, Revision.title, Item.stage)
        .select_from(LinkUse)
        .join(Item, LinkUse.item_id == Item.id)
        .join(Revision, Revision.id == Item.current_id)
        .where(*using)
        .order_by(Item.id)
        .limit(MOST_ITEMS)
        .correlate(LinkReading)
        .subquery()
    )
    told = func.jsonb_build_object(
        "id", first.c.id, "title", first.c.title, "stage", first.c.stage
    )
    return select(func.jsonb_agg(told))


async def used_by(session: AsyncSession, items: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return which items lead to which links, as far as is noted."""
    question = select(LinkUse.item_id, LinkUse.link_id).where(LinkUse.item_id.in_(items))
    return {(row.item_id, row.link_id) for row in await session.execute(question)}


def has_link(link_id: UUID) -> ColumnElement[bool]:
    """Return the condition that an item leads to a link."""
    return exists().where(LinkUse.item_id == Item.id, LinkUse.link_id == link_id)
