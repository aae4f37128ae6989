"""Getting hold of the items of a release, and of everything that keeps them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.content.assets import queries as assets
from services.content.editorial.commands import rechecking
from services.content.editorial.commands.opening import may
from services.content.editorial.queries import items as editorial
from services.content.editorial.workflow import is_cleared
from services.content.release.bundle import Findings, Public, faults
from services.content.release.kinds import Trait, kinds
from services.content.release.queries import standing
from shared.auth import OutsideAuthority, Permission
from shared.contracts.content import Stage
from shared.problem import Fault, NotFound, StaleVersion

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from services.content.editorial.models import Item
    from shared.contracts.release import NewRelease
    from shared.uow import UnitOfWork


async def open_items(uow: UnitOfWork, new: NewRelease) -> Sequence[Item]:
    """Return the items of a release locked, in the order asked for and as they were read."""
    wanted = {asked.item_id: asked for asked in new.items}
    found = {item.id: item for item in await editorial.locked(uow.session, list(wanted))}
    missing = [
        item_id
        for item_id in wanted
        if item_id not in found or not may(uow, Permission.READ_DRAFTS, found[item_id])
    ]
    if missing:
        raise NotFound("没有这篇稿件。", items=sorted(map(str, missing)))
    items = [found[item_id] for item_id in wanted]
    _require(uow, Permission.RELEASE, items)
    _require(uow, Permission.WITHDRAW, [item for item in items if wanted[item.id].stated_on])
    stale = [item for item in items if wanted[item.id].version != item.version]
    if stale:
        told = [Fault(str(item.id), "stale", StaleVersion.advice) for item in stale]
        raise StaleVersion(version=stale[0].version, faults=[fault._asdict() for fault in told])
    return items


def _require(uow: UnitOfWork, permission: Permission, items: Sequence[Item]) -> None:
    """Refuse with every item that lies outside the actor's authority."""
    outside = [item for item in items if not may(uow, permission, item)]
    if outside:
        raise OutsideAuthority(
            permission=permission, items=sorted(str(item.id) for item in outside)
        )


async def findings_of(uow: UnitOfWork, items: Sequence[Item]) -> Findings:
    """Return what the checks find in these items now, whatever they found at review.

    The words in force, the links and the domains may have changed since.
    """
    found = await rechecking.found_now(uow.session, items, uow.now)
    return {one.item_id: one.findings for one in found}


async def held_back(
    uow: UnitOfWork, items: Sequence[Item], new: NewRelease, found: Findings, day: date
) -> list[Fault]:
    """Return everything that keeps these items, with these findings, from going out on a day."""
    ids = [item.id for item in items]
    targets = [item.current.interprets for item in items if item.current.interprets]
    public = Public(
        day=day,
        cleared={item.id: _is_cleared(item) for item in items},
        live=await standing.live(uow.session, [*ids, *targets]),
        interpreted=await standing.interpreted(uow.session, ids),
        files=await assets.shown(uow.session, files_of(items)),
        findings=found,
        reposted=await _reposted(uow, items),
    )
    stated = {asked.item_id: asked.stated_on for asked in new.items if asked.stated_on}
    return list(faults(items, public, stated=stated, explained=kinds(Trait.EXPLAINED)))


async def _reposted(uow: UnitOfWork, items: Sequence[Item]) -> set[UUID]:
    """Return those of the items whose document stands on their site as a repost."""
    bears = {
        item.id: (item.site_code, item.kind, item.current.doc_no)
        for item in items
        if item.current.doc_no is not None
    }
    there = await standing.documents_reposted(uow.session, bears.values()) if bears else ()
    return {item_id for item_id, document in bears.items() if document in there}


def files_of(items: Sequence[Item]) -> list[UUID]:
    """Return the files that go out with these items."""
    return [asset_id for item in items for asset_id in item.current.asset_ids]


def _is_cleared(item: Item) -> bool:
    reviewed = is_cleared(item.current.content_hash, item.approvals, item.asked)
    return item.stage is Stage.CLEARED and (reviewed or item.vouch is not None)
