"""What stands public, as those who change it must know it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Change, Correction, Live, StatedDate
from shared.contracts.content import ChangeAct, ItemKind
from shared.contracts.item_text import InterpretationForm


class RepostPlace(NamedTuple):
    """Where a repost stands, and who answers for it."""

    item_id: UUID
    site_code: str
    sponsoring: str
    url: str
    title: str


class Link(NamedTuple):
    """A public item as far as others link to it."""

    item_id: UUID
    title: str
    interpretation_form: InterpretationForm | None
    interprets_id: UUID | None
    successor_id: UUID | None


async def live(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, Live]:
    """Return those of the items that are public, by id."""
    rows = await session.scalars(select(Live).where(Live.item_id.in_(ids)))
    return {row.item_id: row for row in rows}


async def held(session: AsyncSession, item_id: UUID) -> Live | None:
    """Return a public item, which nobody withdraws or replaces before the transaction ends."""
    question = select(Live).where(Live.item_id == item_id).with_for_update(read=True)
    return await session.scalar(question)


async def neighbours(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Return these items as far as they are public, and every public item linked with one."""
    here = Live.item_id.in_(ids)
    interpreted = select(Live.interprets_id).where(here)
    succeeding = select(Live.successor_id).where(here, Live.origin_item_id.is_(None))
    question = select(Live.item_id).where(
        or_(
            here,
            Live.interprets_id.in_(ids),
            Live.successor_id.in_(ids),
            Live.item_id.in_(interpreted),
            Live.item_id.in_(succeeding),
        )
    )
    return set(await session.scalars(question))


async def linked(session: AsyncSession, rows: Sequence[Live]) -> Sequence[Link]:
    """Return everything the links of these items lead to, in both directions, oldest first."""
    ids = [row.item_id for row in rows]
    targets = {row.interprets_id for row in rows} | {row.successor_id for row in rows}
    question = select(*(getattr(Live, name) for name in Link._fields)).where(
        or_(
            Live.item_id.in_([target for target in targets if target]),
            Live.interprets_id.in_(ids),
            and_(Live.successor_id.in_(ids), Live.origin_item_id.is_(None)),
        )
    )
    found = await session.execute(question.order_by(Live.first_public_at, Live.item_id))
    return [Link(*row) for row in found]


async def corrections(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Correction]:
    """Return what was ever put right in these items, newest first."""
    question = select(Correction).where(Correction.item_id.in_(ids))
    return (await session.scalars(question.order_by(Correction.at.desc()))).all()


async def stated(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, date]:
    """Return the earlier date each item bears, if it bears one."""
    question = (
        select(StatedDate.item_id, StatedDate.stated_on)
        .where(StatedDate.item_id.in_(ids))
        .order_by(StatedDate.stated_at, StatedDate.id)
    )
    return {row.item_id: row.stated_on for row in await session.execute(question)}


async def statements(session: AsyncSession, columns: Collection[UUID]) -> Sequence[Live]:
    """Return the public status statements of these columns."""
    question = select(Live).where(
        Live.column_id.in_(columns), Live.kind == ItemKind.STATUS_STATEMENT
    )
    return (await session.scalars(question.order_by(Live.item_id))).all()


async def interpretations(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Live]:
    """Return the public interpretations of these items."""
    question = select(Live).where(Live.interprets_id.in_(ids))
    return (await session.scalars(question.order_by(Live.item_id))).all()


async def withdrawn_since(session: AsyncSession, ids: Sequence[UUID], seq: int) -> set[UUID]:
    """Return those of the items that were withdrawn after a change of the public state."""
    question = select(Change.item_id).where(
        Change.item_id.in_(ids), Change.seq > seq, Change.act == ChangeAct.WITHDRAWN
    )
    return set(await session.scalars(question))


async def interpreted(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of the items that have a public interpretation."""
    question = select(Live.interprets_id).where(Live.interprets_id.in_(ids)).distinct()
    return {found for found in await session.scalars(question) if found}


async def reposts(session: AsyncSession, ids: Collection[UUID]) -> Sequence[Live]:
    """Return every public repost of these items."""
    question = select(Live).where(Live.origin_item_id.in_(ids)).order_by(Live.item_id)
    return (await session.scalars(question)).all()


async def places_of_reposts(session: AsyncSession, item_id: UUID) -> Sequence[RepostPlace]:
    """Return where every public repost of an item stands, without its text."""
    question = select(*(getattr(Live, name) for name in RepostPlace._fields))
    question = question.where(Live.origin_item_id == item_id).order_by(Live.item_id)
    return [RepostPlace(*row) for row in await session.execute(question)]


async def now_live(session: AsyncSession, item_id: UUID) -> Live | None:
    """Return an item as it is public now, whatever was read of it before."""
    question = select(Live).where(Live.item_id == item_id)
    return await session.scalar(question.execution_options(populate_existing=True))


async def alike(session: AsyncSession, site_code: str, source: Live) -> Sequence[Live]:
    """Return what stands on a site and comes from an item, or bears a number it bears."""
    same = [Live.origin_item_id == source.item_id]
    if source.doc_no is not None:
        # An interpretation may bear the number of its policy, and is another text.
        same.append(and_(Live.doc_no == source.doc_no, Live.kind == source.kind))
    if source.index_no is not None:
        same.append(Live.index_no == source.index_no)
    question = select(Live).where(Live.site_code == site_code, or_(*same))
    return (await session.scalars(question.order_by(Live.item_id))).all()


async def documents_reposted(
    session: AsyncSession, documents: Collection[tuple[str, ItemKind, str]]
) -> set[tuple[str, ItemKind, str]]:
    """Return which of these documents, by site, kind and number, stand there as reposts."""
    document = tuple_(Live.site_code, Live.kind, Live.doc_no)
    question = select(Live.site_code, Live.kind, Live.doc_no).where(
        Live.origin_item_id.is_not(None), document.in_(list(documents))
    )
    rows = await session.execute(question)
    return {(row.site_code, row.kind, row.doc_no) for row in rows if row.doc_no}


async def elsewhere(session: AsyncSession, site_code: str, home: str, most: int) -> Sequence[Live]:
    """Return some of a site's items, and reposts of them, whose address is not below `home`."""
    own = and_(Live.site_code == site_code, ~Live.url.startswith(home, autoescape=True))
    reposted = and_(
        Live.origin_site_code == site_code, ~Live.origin_url.startswith(home, autoescape=True)
    )
    return (await session.scalars(select(Live).where(or_(own, reposted)).limit(most))).all()


async def repeated(
    session: AsyncSession,
    path: str,
    links: Collection[str],
    doc_no: str | None,
    index_no: str | None,
) -> Sequence[Live]:
    """Return some of what is public below an organization with one of these links or numbers."""
    numbered = [
        column == number
        for column, number in ((Live.doc_no, doc_no), (Live.index_no, index_no))
        if number is not None
    ]
    below = Live.sponsoring.startswith(f"{path}.", autoescape=True)
    question = select(Live).where(
        or_(Live.sponsoring == path, below),
        or_(Live.url.in_(links), Live.origin_url.in_(links), *numbered),
    )
    return (await session.scalars(question.order_by(Live.item_id).limit(20))).all()


async def url(session: AsyncSession, item_id: UUID) -> str | None:
    """Return where a public item stands."""
    return await session.scalar(select(Live.url).where(Live.item_id == item_id))


async def first_public(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """Return when each item that ever was public first became so."""
    question = (
        select(Change.item_id, func.min(Change.at).label("at"))
        .where(Change.item_id.in_(ids), Change.act == ChangeAct.RELEASED)
        .group_by(Change.item_id)
    )
    return {row.item_id: row.at for row in await session.execute(question)}


async def last_change(session: AsyncSession) -> tuple[int, datetime | None]:
    """Return the number and the instant of the latest change of the public state."""
    question = select(Change.seq, Change.at).order_by(Change.seq.desc()).limit(1)
    last = (await session.execute(question)).first()
    return (last.seq, last.at) if last else (0, None)
