"""What readers ask of the public state; the answers are sent as they were stored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, and_, any_, bindparam, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Change, Live
from services.content.release.queries import history
from services.content.release.queries.filtering import Wanted
from shared.pagination import Asked


class Answer(NamedTuple):
    """A public item as stored: the bytes to send, their validators and their language."""

    body: bytes
    etag: str
    language: str
    modified_at: datetime | None


class AnswerPage(NamedTuple):
    """One page of public items, as stored bytes."""

    items: list[bytes]
    cursors: list[str]
    next: str | None


class Newest(NamedTuple):
    """The latest items of a site or column, and when anything on the site last changed."""

    items: list[bytes]
    changed_at: datetime | None


AS_RELEASED = and_(Change.item_id == Live.item_id, Change.seq == Live.release_seq)
NEWEST_FIRST = (Live.first_public_at.desc(), Live.item_id.desc())


async def answer(session: AsyncSession, item_id: UUID) -> Answer:
    """Return a public item's bytes, or refuse; what was withdrawn is gone, and says so."""
    question = select(Live.answer, Live.etag, Live.language, Change.at)
    row = (
        await session.execute(
            question.outerjoin(Change, AS_RELEASED).where(Live.item_id == item_id)
        )
    ).first()
    if row is None:
        raise await history.absence(session, item_id)
    return Answer(*row)


async def answers_of(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Answer]:
    """Return the bytes of those of the items that are public, in one query however many."""
    named = bindparam("ids", list(ids), ARRAY(Uuid))  # an array, so that it is one statement
    question = select(Live.item_id, Live.answer, Live.etag, Live.language, Change.at)
    question = question.outerjoin(Change, AS_RELEASED).where(Live.item_id == any_(named))
    rows = await session.execute(question)
    return {item_id: Answer(body, etag, said_in, at) for item_id, body, etag, said_in, at in rows}


async def answers(
    session: AsyncSession,
    wanted: Wanted,
    asked: Asked,
    *,
    ids: Sequence[UUID] = (),
    merged: Sequence[UUID] = (),
) -> AnswerPage:
    """Return one page of public items, newest first, in one query; of these ids or all.

    Its cursors outlast columns being merged into the one asked for.
    """
    listing = f"public:{wanted.listing}:{','.join(map(str, ids))}"
    shown = select(Live.answer, Live.first_public_at, Live.item_id)
    question = shown.where(*wanted.conditions(merged))
    if ids:
        question = question.where(Live.item_id.in_(ids))
    if asked.after is not None:
        at, item_id = asked.cursors.open(listing, asked.after)
        place = tuple_(datetime.fromisoformat(at), UUID(item_id))
        question = question.where(tuple_(Live.first_public_at, Live.item_id) < place)
    question = question.order_by(*NEWEST_FIRST).limit(asked.first + 1)
    rows = (await session.execute(question)).all()
    page = rows[: asked.first]
    cursors = [asked.cursors.seal(listing, (at, item_id)) for _, at, item_id in page]
    following = cursors[-1] if len(rows) > asked.first else None
    return AnswerPage([body for body, _, _ in page], cursors, following)


async def newest(
    session: AsyncSession,
    site_code: str,
    column_id: UUID | None,
    first: int,
    merged: Sequence[UUID] = (),
) -> Newest:
    """Return the latest items of a site, or of one of its columns and those merged into it."""
    wanted = Wanted(site_code=site_code, column_id=column_id)
    changed = (
        select(Change.at)
        .where(Change.site_code == site_code)
        .order_by(Change.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    question = select(Live.answer, changed).where(*wanted.conditions(merged))
    rows = (await session.execute(question.order_by(*NEWEST_FIRST).limit(first))).all()
    return Newest([body for body, _ in rows], rows[0][1] if rows else None)


async def goes_out_with(session: AsyncSession, asset_id: UUID) -> bool:
    """Say whether a public item has this file."""
    question = select(Live.item_id).where(Live.files.contains([{"asset_id": str(asset_id)}]))
    return await session.scalar(question.limit(1)) is not None


async def site_of(session: AsyncSession, item_id: UUID) -> str:
    """Return which site a public item is on, or refuse; what was withdrawn is gone."""
    found = await session.scalar(select(Live.site_code).where(Live.item_id == item_id))
    if found is None:
        raise await history.absence(session, item_id)
    return found


async def changes(
    session: AsyncSession, since: int, first: int, site_code: str | None
) -> Sequence[tuple[Change, bytes | None]]:
    """Return the changes after `since`, at least `first` if there are, never half a release.

    Beside each stands the item as it was released, unless it has changed again since.
    """
    after = select(Change).where(Change.seq > since)
    if site_code is not None:
        after = after.where(Change.site_code == site_code)
    head = after.with_only_columns(Change.seq).order_by(Change.seq).limit(first).subquery()
    last = select(func.max(head.c.seq)).scalar_subquery()
    question = after.where(Change.seq <= last).order_by(Change.seq, Change.item_id)
    rows = await session.execute(question.outerjoin(Live, AS_RELEASED).add_columns(Live.answer))
    return [(change, answer) for change, answer in rows]


async def changed_at(session: AsyncSession, seq: int) -> datetime | None:
    """Return when a change was made, if it is known."""
    return await session.scalar(select(Change.at).where(Change.seq == seq).limit(1))


def topics_with_items() -> Select[UUID | None]:
    """Return the question which topics have public items of their own site."""
    return select(Live.topic_id).where(Live.topic_id.is_not(None), Live.origin_item_id.is_(None))


async def newest_titles(
    session: AsyncSession, column_ids: Collection[UUID], most: int
) -> Mapping[UUID, Sequence[str]]:
    """Return the titles of the newest items that stand in each of these columns."""
    order = (Live.first_public_at.desc(), Live.item_id.desc())
    place = func.row_number().over(partition_by=Live.column_id, order_by=order).label("place")
    ranked = select(Live.column_id, Live.title, place).where(Live.column_id.in_(column_ids))
    newest = ranked.subquery()
    titles: dict[UUID, list[str]] = {}
    for column_id, title in await session.execute(
        select(newest.c.column_id, newest.c.title).where(newest.c.place <= most)
    ):
        titles.setdefault(column_id, []).append(title)
    return titles
