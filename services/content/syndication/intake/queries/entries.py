"""Questions about entries of upstream feeds, and about what stands here already."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from services.content.editorial.queries import repeating as drafts
from services.content.release.queries import standing as public
from services.content.syndication.intake.entry import same_address
from services.content.syndication.intake.figures import figures
from services.content.syndication.intake.models import UpstreamEntry, UpstreamFeed
from services.content.syndication.intake.sameness import Known, may_be_like
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import upstream_entries as contracts
from shared.contracts.page import Page
from shared.contracts.upstream_entries import EntryState, SameThing
from shared.destination import SCHEMES
from shared.pagination import Asked, Listing
from shared.problem import NotFound

ENTRIES = Listing("upstream-entries", contracts.UpstreamEntry, [(UpstreamEntry.id, UUID)])


async def entries(
    session: AsyncSession,
    actor: Actor,
    asked: Asked,
    *,
    feed_id: UUID | None,
    state: EntryState | None,
    changed: bool | None,
) -> Page[contracts.UpstreamEntry]:
    """Return one page of the entries an actor may know of, newest first."""
    question = _known(actor)
    for column, wanted in (
        (UpstreamEntry.feed_id, feed_id),
        (UpstreamEntry.state, state),
        (UpstreamEntry.changed, changed),
    ):
        if wanted is not None:
            question = question.where(column == wanted)
    return await ENTRIES.turn(session, question, asked)


async def entry(session: AsyncSession, actor: Actor, entry_id: UUID) -> UpstreamEntry:
    """Return an entry an actor may know of, or refuse as if there were none."""
    return _found(await session.scalar(_known(actor).where(UpstreamEntry.id == entry_id)))


async def entry_to_change(session: AsyncSession, actor: Actor, entry_id: UUID) -> UpstreamEntry:
    """Return an entry an actor may know of, locked, with its feed."""
    question = (
        _known(actor)
        .options(joinedload(UpstreamEntry.feed, innerjoin=True))
        .where(UpstreamEntry.id == entry_id)
        .with_for_update(of=UpstreamEntry)
    )
    return _found(await session.scalar(question))


async def entry_to_settle(session: AsyncSession, entry_id: UUID) -> UpstreamEntry:
    """Return an entry locked, with its feed."""
    question = (
        select(UpstreamEntry)
        .options(joinedload(UpstreamEntry.feed, innerjoin=True))
        .where(UpstreamEntry.id == entry_id)
        .with_for_update(of=UpstreamEntry)
    )
    return (await session.scalars(question)).one()


async def entry_of_item(session: AsyncSession, item_id: UUID) -> UpstreamEntry | None:
    """Return the entry that an item was made of, locked, with its feed."""
    question = (
        select(UpstreamEntry)
        .options(joinedload(UpstreamEntry.feed, innerjoin=True))
        .where(UpstreamEntry.item_id == item_id)
        .with_for_update(of=UpstreamEntry)
    )
    return await session.scalar(question)


async def put_off(session: AsyncSession, ids: Collection[UUID], until: datetime) -> None:
    """Give entries back whose page was not asked for, as another of the same host was."""
    await session.execute(
        update(UpstreamEntry)
        .where(UpstreamEntry.id.in_(ids))
        .values(due_at=until, leased_until=None, attempts=UpstreamEntry.attempts - 1)
        .execution_options(synchronize_session=False)
    )


async def since_of_feeds(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return from when on the entries of these feeds are taken up."""
    question = select(UpstreamFeed.id, UpstreamFeed.since).where(UpstreamFeed.id.in_(ids))
    rows = await session.execute(question)
    return {row.id: row.since for row in rows}


async def surely_known(
    session: AsyncSession, about: UpstreamEntry, links: Collection[str]
) -> Sequence[Known]:
    """Return what stands below the entry's organization and has one of its links or its number."""
    bare = {f"{scheme}://{same_address(link)}" for link in links for scheme in SCHEMES}
    everywhere = bare | {f"{link}/" for link in bare}
    asked = (session, about.organization)
    live = await public.repeated(*asked, everywhere, about.doc_no, about.index_no)
    drafted = await drafts.numbered_or_linked(*asked, about.doc_no, everywhere)
    return [
        *await _entries(session, about, everywhere),
        *(
            Known(
                SameThing.ITEM,
                one.item_id,
                one.title,
                _some(one.url, one.origin_url),
                one.doc_no,
                one.index_no,
            )
            for one in live
        ),
        *(Known(SameThing.ITEM, one.id, one.title, one.links, one.doc_no) for one in drafted),
    ]


async def _entries(
    session: AsyncSession, about: UpstreamEntry, links: Collection[str]
) -> list[Known]:
    numbered = [
        column == number
        for column, number in (
            (UpstreamEntry.doc_no, about.doc_no),
            (UpstreamEntry.index_no, about.index_no),
        )
        if number is not None
    ]
    question = select(UpstreamEntry).where(
        *_others(about), or_(UpstreamEntry.url.in_(links), *numbered)
    )
    return [
        Known(SameThing.ENTRY, one.id, one.title, _some(one.url), one.doc_no, one.index_no)
        for one in await session.scalars(question.order_by(UpstreamEntry.id).limit(20))
    ]


async def maybe_known(
    session: AsyncSession, about: UpstreamEntry, now: datetime
) -> Sequence[Known]:
    """Return what of late stands below the entry's organization under a title like its own."""
    told = figures()
    since = now - timedelta(days=told.like_days)
    question = (
        select(UpstreamEntry.id, UpstreamEntry.title)
        .where(*_others(about), UpstreamEntry.seen_at >= since)
        .order_by(UpstreamEntry.id.desc())
        .limit(told.like_most)
    )
    of_entries = {row.id: row.title for row in await session.execute(question)}
    of_items = await drafts.titles_since(session, about.organization, since, told.like_most)
    entries_like, items_like = _like(about.title, of_entries), _like(about.title, of_items)
    texts: dict[UUID, str | None] = {}
    if entries_like:
        asked = select(UpstreamEntry.id, UpstreamEntry.text)
        rows = await session.execute(asked.where(UpstreamEntry.id.in_(entries_like)))
        texts |= {row.id: row.text for row in rows}
    if items_like:
        texts |= await drafts.bodies(session, items_like)
    found = [
        Known(what, one, title, text=(texts.get(one) or "")[: told.compared])
        for what, like in ((SameThing.ENTRY, entries_like), (SameThing.ITEM, items_like))
        for one, title in like.items()
    ]
    return sorted(found, key=lambda one: -may_be_like(about.title, one.title))


def _like(title: str, titles: Mapping[UUID, str]) -> Mapping[UUID, str]:
    alike = [(one, other) for one, other in titles.items() if may_be_like(title, other)]
    return dict(alike[:20])


def _others(about: UpstreamEntry) -> tuple[ColumnElement[bool], ...]:
    """Ask for entries that are no duplicates themselves, so that one of them is the first."""
    return (
        _below(UpstreamEntry.organization, about.organization),
        UpstreamEntry.id != about.id,
        UpstreamEntry.state.not_in([EntryState.DUPLICATE, EntryState.WAITING]),
    )


def _below(path: InstrumentedAttribute[str], organization: str) -> ColumnElement[bool]:
    return or_(path == organization, path.startswith(f"{organization}.", autoescape=True))


def _some(*links: str | None) -> frozenset[str]:
    return frozenset(filter(None, links))


def _known(actor: Actor) -> Select[UpstreamEntry]:
    return select(UpstreamEntry).where(
        reached(actor, Permission.READ_DRAFTS, UpstreamEntry.organization)
    )


def _found(entry: UpstreamEntry | None) -> UpstreamEntry:
    if entry is None:
        raise NotFound("没有这个信息源条目。")
    return entry
