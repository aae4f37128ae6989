"""Questions about items that a text from outside may repeat."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.models import Item, Revision

MOST = 20


class Drafted(NamedTuple):
    """An item, as far as a text from outside may be the same."""

    id: UUID
    title: str
    doc_no: str | None
    links: frozenset[str]


async def numbered_or_linked(
    session: AsyncSession, path: str, doc_no: str | None, links: Collection[str]
) -> Sequence[Drafted]:
    """Return items below an organization with this document number or one of these links."""
    linked = [Revision.links.contains([{"href": link}]) for link in sorted(links)]
    numbered = [Revision.doc_no == doc_no] if doc_no else []
    question = (
        select(Item.id, Revision.title, Revision.doc_no, Revision.links)
        .join(Revision, Revision.id == Item.current_id)
        .where(_below(path), or_(false(), *numbered, *linked))
        .order_by(Item.id)
        .limit(MOST)
    )
    return [
        Drafted(row.id, row.title, row.doc_no, frozenset(link["href"] for link in row.links))
        for row in await session.execute(question)
    ]


async def titles_since(
    session: AsyncSession, path: str, since: datetime, most: int
) -> Mapping[UUID, str]:
    """Return the titles of the newest items below an organization."""
    question = (
        select(Item.id, Revision.title)
        .join(Revision, Revision.id == Item.current_id)
        .where(_below(path), Revision.written_at >= since)
        .order_by(Item.id.desc())
        .limit(most)
    )
    return {row.id: row.title for row in await session.execute(question)}


async def bodies(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the present texts of these items."""
    question = select(Item.id, Revision.body).join(Revision, Revision.id == Item.current_id)
    rows = await session.execute(question.where(Item.id.in_(ids)))
    return {row.id: row.body for row in rows}


def _below(path: str) -> ColumnElement[bool]:
    below = Item.sponsoring.startswith(f"{path}.", autoescape=True)
    return or_(Item.sponsoring == path, below)
