"""Everything that changes what is public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select, update

from services.content.editorial import queries as editorial
from services.content.editorial.workflow import is_cleared
from services.content.registry import queries as registry
from services.content.registry.lifecycle import check_running
from services.content.release import queries
from services.content.release.address import public_url
from services.content.release.bundle import NotReleasable, faults
from services.content.release.models import Change, Live, Release
from services.content.release.words import words
from shared.auth import Permission
from shared.contracts.content import (
    ChangeAct,
    ItemLink,
    ItemReleased,
    ItemWithdrawn,
    Origin,
    PublicItem,
    Stage,
)
from shared.contracts.release import NewRelease
from shared.ids import new_id
from shared.personal_data import mask
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from services.content.editorial.models import Item
    from services.content.registry.models import Column, Site
    from shared.contracts.site_life import SiteChanged

# Whoever changes the public state holds this lock until commit, so numbers are in commit order.
ORDER = func.hashtextextended("release", 0)


async def _next_seq(uow: UnitOfWork) -> int:
    await uow.session.execute(select(func.pg_advisory_xact_lock(ORDER)))
    return await queries.last_seq(uow.session) + 1


async def release_items(uow: UnitOfWork, new: NewRelease) -> Release:
    """Make items public at one instant: all of them, or none with every reason."""
    items = await _open(uow, new)
    seq = await _next_seq(uow)
    await _check(uow, items)
    release = _begin_release(uow, seq)
    ids = [item.id for item in items]
    known = await queries.live(uow.session, ids)
    since = await queries.first_public(uow.session, ids)
    sites = await registry.sites_coded(uow.session, {item.site_code for item in items})
    for site in sites.values():
        check_running(site.state)
    near = {other.item_id for other in await queries.neighbours(uow.session, ids)}
    targets = {item.interprets for item in items if item.interprets}
    rows = []
    for item in items:
        row = known.get(item.id) or Live(item_id=item.id)
        row.first_public_at = since.get(item.id, uow.now)
        site = sites[item.site_code]
        row.updated_at, row.url = uow.now, public_url(site.domain, item.id)
        _place(row, item)
        rows.append(row)
    uow.session.add_all(rows)
    await _publish(uow, {*ids, *near, *targets}, seq)
    for item, row in zip(items, rows, strict=True):
        _announce(uow, row, release, to_be_interpreted=item.to_be_interpreted)
    return release


def _begin_release(uow: UnitOfWork, seq: int) -> Release:
    release = Release(id=new_id(), seq=seq, released_by=uow.actor.id, released_at=uow.now)
    uow.session.add(release)
    return release


async def _open(uow: UnitOfWork, new: NewRelease) -> Sequence[Item]:
    versions = {wanted.item_id: wanted.version for wanted in new.items}
    items = await editorial.locked(uow.session, list(versions))
    seen = [i for i in items if uow.actor.may(Permission.READ_DRAFTS, i.sponsoring)]
    if missing := versions.keys() - {item.id for item in seen}:
        raise NotFound("没有这篇稿件。", items=sorted(map(str, missing)))
    for item in items:
        uow.actor.require(Permission.RELEASE, item.sponsoring)
        expect(versions[item.id], item.version)
    return items


async def _check(uow: UnitOfWork, items: Sequence[Item]) -> None:
    ids = [item.id for item in items]
    targets = [item.interprets for item in items if item.interprets]
    public = await queries.live(uow.session, [*ids, *targets])
    found = list(
        faults(
            items,
            cleared={item.id: _is_cleared(item) for item in items},
            live_hashes={row.item_id: row.content_hash for row in public.values()},
            interpreted=await queries.interpreted(uow.session, ids),
        )
    )
    if found:
        raise NotReleasable(faults=[fault._asdict() for fault in found])


def _is_cleared(item: Item) -> bool:
    return item.stage is Stage.CLEARED and is_cleared(item.content_hash, item.approvals)


def _place(row: Live, item: Item) -> None:
    row.site_code, row.sponsoring, row.column_id = item.site_code, item.sponsoring, item.column_id
    row.kind, row.title, row.body, row.summary = item.kind, item.title, item.body, item.summary
    row.doc_no, row.written_on, row.source = item.doc_no, item.written_on, item.source
    row.content_hash, row.interprets_id = item.content_hash, item.interprets
    row.title_tokens, row.body_tokens = words(item.title), words(item.body)


def _announce(uow: UnitOfWork, row: Live, release: Release, *, to_be_interpreted: bool) -> None:
    uow.announce(
        ItemReleased(
            item_id=row.item_id,
            site_code=row.site_code,
            column_id=row.column_id,
            kind=row.kind,
            title=row.title,
            doc_no=row.doc_no,
            content_hash=row.content_hash,
            release_id=release.id,
            release_seq=release.seq,
            first_public_at=row.first_public_at,
            interprets=row.interprets_id,
            to_be_interpreted=to_be_interpreted,
            origin=_origin(row),
        )
    )


async def place_repost(uow: UnitOfWork, source: Live, site: Site, column: Column) -> Live:
    """Make a public item public on another site too, unchanged, with its origin named; once.

    The text stands under the reviews of its source; the hash binds it.
    """
    check_running(site.state)
    seq = await _next_seq(uow)
    for known in await queries.reposts(uow.session, source.item_id):
        if known.site_code == site.code:
            return known
    release = _begin_release(uow, seq)
    item_id = new_id()
    row = Live(
        item_id=item_id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        column_id=column.id,
        kind=source.kind,
        title=source.title,
        body=source.body,
        summary=source.summary,
        doc_no=source.doc_no,
        written_on=source.written_on,
        source=source.source,
        content_hash=source.content_hash,
        first_public_at=uow.now,
        updated_at=uow.now,
        url=public_url(site.domain, item_id),
        origin_site_code=source.site_code,
        origin_item_id=source.item_id,
        origin_url=source.url,
        title_tokens=source.title_tokens,
        body_tokens=source.body_tokens,
    )
    uow.session.add(row)
    await _publish(uow, {row.item_id}, seq)
    _announce(uow, row, release, to_be_interpreted=False)
    return row


async def withdraw_item(uow: UnitOfWork, item_id: UUID, reason: str) -> Change:
    """Take a public item back, from every API at one instant."""
    seq = await _next_seq(uow)
    row = (await queries.live(uow.session, [item_id])).get(item_id)
    if row is None:
        raise NotFound("没有这篇内容，或已撤下。")
    uow.actor.require(Permission.WITHDRAW, row.sponsoring)
    return await _take_down(uow, row, seq, reason)


async def withdraw_reposts(uow: UnitOfWork, source_id: UUID, reason: str) -> list[UUID]:
    """Take back every repost of an item whose source was withdrawn; no one is asked again."""
    seq = await _next_seq(uow)
    taken = []
    for row in await queries.reposts(uow.session, source_id):
        await _take_down(uow, row, seq, reason)
        taken.append(row.item_id)
    return taken


async def _take_down(uow: UnitOfWork, row: Live, seq: int, reason: str) -> Change:
    others = {near.item_id for near in await queries.neighbours(uow.session, [row.item_id])}
    await uow.session.delete(row)
    tombstone = Change(
        seq=seq,
        item_id=row.item_id,
        act=ChangeAct.WITHDRAWN,
        site_code=row.site_code,
        at=uow.now,
    )
    uow.session.add(tombstone)
    await _publish(uow, others - {row.item_id}, seq)
    uow.announce(
        ItemWithdrawn(
            item_id=row.item_id,
            site_code=row.site_code,
            column_id=row.column_id,
            release_seq=seq,
            reason=mask(reason),
        )
    )
    return tombstone


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let the public items of a site answer to whoever sponsors it now."""
    rows = update(Live).where(Live.site_code == told.code, Live.sponsoring != told.sponsoring)
    await uow.session.execute(rows.values(sponsoring=told.sponsoring))


async def _publish(uow: UnitOfWork, ids: Iterable[UUID], seq: int) -> None:
    """Write the answers of these public items anew, with links both ways, and note the change."""
    await uow.session.flush()
    rows = list((await queries.live(uow.session, list(ids))).values())
    links = await queries.linked(uow.session, rows)
    for row in rows:
        row.release_seq = seq
        row.answer = _public(row, links).model_dump_json().encode()
        row.etag = f'"{sha256(row.answer).hexdigest()[:32]}"'
        uow.session.add(
            Change(
                seq=seq,
                item_id=row.item_id,
                act=ChangeAct.RELEASED,
                site_code=row.site_code,
                at=uow.now,
            )
        )
    await uow.session.flush()


def _public(row: Live, links: Sequence[Live]) -> PublicItem:
    interprets = [_link(other) for other in links if other.item_id == row.interprets_id]
    return PublicItem(
        id=row.item_id,
        site_code=row.site_code,
        column_id=row.column_id,
        kind=row.kind,
        title=row.title,
        body=row.body,
        summary=row.summary,
        doc_no=row.doc_no,
        written_on=row.written_on,
        source=row.source,
        first_public_at=row.first_public_at,
        updated_at=row.updated_at,
        url=row.url,
        content_hash=row.content_hash,
        release_seq=row.release_seq,
        interprets=interprets[0] if interprets else None,
        interpretations=[_link(other) for other in links if other.interprets_id == row.item_id],
        origin=_origin(row),
    )


def _link(row: Live) -> ItemLink:
    return ItemLink(id=row.item_id, title=row.title)


def _origin(row: Live) -> Origin | None:
    if row.origin_item_id is None:
        return None
    return Origin(
        site_code=row.origin_site_code or "",
        item_id=row.origin_item_id,
        content_hash=row.content_hash,
        url=row.origin_url or "",
    )
