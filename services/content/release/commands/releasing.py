"""Making items public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.content.editorial import queries as editorial
from services.content.editorial.commands.opening import may, require
from services.content.editorial.workflow import is_cleared
from services.content.registry import queries as registry
from services.content.registry.lifecycle import check_running
from services.content.release.address import public_url
from services.content.release.bundle import NotReleasable, faults, is_owed
from services.content.release.commands.publishing import (
    SHOWN,
    announce,
    begin_release,
    next_seq,
    publish,
)
from services.content.release.models import Live, Release
from services.content.release.queries import standing
from services.content.release.words import words
from shared.auth import Permission
from shared.contracts.content import Stage
from shared.contracts.release import NewRelease
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from services.content.editorial.models import Item


async def release_items(uow: UnitOfWork, new: NewRelease) -> Release:
    """Make items public at one instant: all of them, or none with every reason."""
    items = await _open(uow, new)
    seq = await next_seq(uow)
    await _check(uow, items)
    release = begin_release(uow, seq)
    ids = [item.id for item in items]
    known = await standing.live(uow.session, ids)
    since = await standing.first_public(uow.session, ids)
    sites = await registry.sites_coded(uow.session, {item.site_code for item in items})
    for site in sites.values():
        check_running(site.state)
    near = {other.item_id for other in await standing.neighbours(uow.session, ids)}
    targets = {item.current.interprets for item in items if item.current.interprets}
    rows = []
    for item in items:
        row = known.get(item.id) or Live(item_id=item.id)
        row.first_public_at = since.get(item.id, uow.now)
        site = sites[item.site_code]
        row.updated_at, row.url = uow.now, public_url(site.domain, item.id)
        _place(row, item)
        rows.append(row)
    uow.session.add_all(rows)
    await publish(uow, {*ids, *near, *targets}, seq)
    for item, row in zip(items, rows, strict=True):
        announce(uow, row, release, to_be_interpreted=is_owed(item.current))
    return release


async def _open(uow: UnitOfWork, new: NewRelease) -> Sequence[Item]:
    versions = {wanted.item_id: wanted.version for wanted in new.items}
    items = await editorial.locked(uow.session, list(versions))
    seen = [item for item in items if may(uow, Permission.READ_DRAFTS, item)]
    if missing := versions.keys() - {item.id for item in seen}:
        raise NotFound("没有这篇稿件。", items=sorted(map(str, missing)))
    for item in items:
        require(uow, Permission.RELEASE, item)
        expect(versions[item.id], item.version)
    return items


async def _check(uow: UnitOfWork, items: Sequence[Item]) -> None:
    ids = [item.id for item in items]
    targets = [item.current.interprets for item in items if item.current.interprets]
    public = await standing.live(uow.session, [*ids, *targets])
    found = list(
        faults(
            items,
            cleared={item.id: _is_cleared(item) for item in items},
            live_hashes={row.item_id: row.content_hash for row in public.values()},
            interpreted=await standing.interpreted(uow.session, ids),
        )
    )
    if found:
        raise NotReleasable(faults=[fault._asdict() for fault in found])


def _is_cleared(item: Item) -> bool:
    return item.stage is Stage.CLEARED and is_cleared(
        item.current.content_hash, item.approvals, item.asked
    )


def _place(row: Live, item: Item) -> None:
    row.site_code, row.sponsoring, row.column_id = item.site_code, item.sponsoring, item.column_id
    text = item.current
    for name in SHOWN:
        setattr(row, name, getattr(text, name))
    row.kind, row.content_hash, row.interprets_id = item.kind, text.content_hash, text.interprets
    row.title_tokens, row.body_tokens = words(text.title), words(text.body)
