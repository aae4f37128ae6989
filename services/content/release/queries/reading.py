"""What readers ask of the public state; the answers are sent as they were stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Change, Live
from services.content.release.queries import history
from services.content.release.words import asked_words, document_number
from shared.contracts.content import ItemKind
from shared.pagination import Asked


class Answer(NamedTuple):
    """A public item as stored: the bytes to send and their validator."""

    body: bytes
    etag: str


class Wanted(NamedTuple):
    """Which public items a reader asks for."""

    site_code: str | None = None
    column_id: UUID | None = None
    kind: ItemKind | None = None
    ids: tuple[UUID, ...] = ()
    words: str | None = None


class AnswerPage(NamedTuple):
    """One page of public items, as stored bytes."""

    items: list[bytes]
    cursors: list[str]
    next: str | None


async def answer(session: AsyncSession, item_id: UUID) -> Answer:
    """Return a public item's bytes, or refuse; what was withdrawn is gone, and says so."""
    row = (
        await session.execute(select(Live.answer, Live.etag).where(Live.item_id == item_id))
    ).first()
    if row is None:
        raise await history.absence(session, item_id)
    return Answer(*row)


async def answers(session: AsyncSession, wanted: Wanted, asked: Asked) -> AnswerPage:
    """Return one page of public items, newest first, in one query."""
    listing = "public:" + ":".join(str(part or "") for part in wanted)
    question = _wanted(select(Live.answer, Live.first_public_at, Live.item_id), wanted)
    if asked.after is not None:
        at, item_id = asked.cursors.open(listing, asked.after)
        place = tuple_(datetime.fromisoformat(at), UUID(item_id))
        question = question.where(tuple_(Live.first_public_at, Live.item_id) < place)
    order = (Live.first_public_at.desc(), Live.item_id.desc())
    rows = (await session.execute(question.order_by(*order).limit(asked.first + 1))).all()
    shown = rows[: asked.first]
    cursors = [asked.cursors.seal(listing, (at, item_id)) for _, at, item_id in shown]
    following = cursors[-1] if len(rows) > asked.first else None
    return AnswerPage([body for body, _, _ in shown], cursors, following)


def _wanted(
    question: Select[bytes, datetime, UUID], wanted: Wanted
) -> Select[bytes, datetime, UUID]:
    for column, value in (
        (Live.site_code, wanted.site_code),
        (Live.column_id, wanted.column_id),
        (Live.kind, wanted.kind),
    ):
        if value is not None:
            question = question.where(column == value)
    if wanted.ids:
        question = question.where(Live.item_id.in_(wanted.ids))
    if wanted.words is None:
        return question
    if number := document_number(wanted.words):
        return question.where(Live.doc_no == number)
    asked = func.plainto_tsquery("simple", " ".join(asked_words(wanted.words)))
    return question.where(Live.tokens.op("@@")(asked))


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
    stands = and_(Live.item_id == Change.item_id, Live.release_seq == Change.seq)
    question = after.where(Change.seq <= last).order_by(Change.seq, Change.item_id)
    rows = await session.execute(question.outerjoin(Live, stands).add_columns(Live.answer))
    return [(change, answer) for change, answer in rows]
