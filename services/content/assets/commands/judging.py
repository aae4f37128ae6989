"""How files are judged: looked into, then refused or made ready."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.content.assets import place, queries
from services.content.assets.limits import limits
from services.content.assets.models import Asset, Conversion, Removal, Rendition
from shared.contracts.assets import (
    AssetReady,
    AssetRefused,
    AssetState,
    Family,
    RefusalReason,
)
from shared.files.scanning import ADVICE, Scan
from shared.uow import UnitOfWork

PAUSE = timedelta(minutes=1)
STREAMED = {Family.AUDIO, Family.VIDEO}
UNSETTLED = {AssetState.RECEIVED, AssetState.SCANNING}


async def begin_scan(uow: UnitOfWork, asset_id: UUID) -> Asset | None:
    """Note that a file is being looked into; none if it is gone or that was done."""
    asset = await queries.locked(uow.session, asset_id)
    if asset is None or asset.state not in UNSETTLED:
        return None
    asset.state = AssetState.SCANNING
    return asset


async def record_scan(uow: UnitOfWork, asset_id: UUID, scan: Scan, scanner: str) -> AssetState:
    """Note what a file was found to be; refuse a dangerous one, and let a recording wait."""
    asset = await queries.locked(uow.session, asset_id)
    if asset is None or asset.state is not AssetState.SCANNING:
        return AssetState.REFUSED  # deleted meanwhile, or judged by another worker
    asset.kind = scan.kind or asset.kind
    asset.width, asset.height, asset.pages = scan.width, scan.height, scan.pages
    asset.scanned_by, asset.scanned_at, asset.waiting_for = scanner, uow.now, None
    if scan.dangers or asset.family is None:
        _refuse(uow, asset, scan.dangers or [RefusalReason.UNREADABLE])
    elif asset.family in STREAMED:
        asset.state, asset.due_at = AssetState.CONVERTING, None
        uow.session.add(Conversion(id=asset.id, due_at=uow.now))
    return asset.state


async def refuse(uow: UnitOfWork, asset_id: UUID, reasons: Sequence[RefusalReason]) -> None:
    """Refuse a file that could not be brought into a form in which it can be shown."""
    asset = await _in_work(uow, asset_id)
    if asset is not None:
        _refuse(uow, asset, reasons)


def _refuse(uow: UnitOfWork, asset: Asset, reasons: Sequence[RefusalReason]) -> None:
    asset.state, asset.waiting_for = AssetState.REFUSED, None
    asset.refusals = [{"reason": each, "detail": ADVICE[each]} for each in reasons]
    asset.due_at = uow.now + timedelta(days=limits().keeping.refused_days)
    asset.leased_until = None
    uow.announce(
        AssetRefused(
            asset_id=asset.id,
            site_code=asset.site_code,
            kind=asset.kind,
            sha256=asset.sha256,
            reasons=tuple(reasons),
        )
    )


async def make_ready(
    uow: UnitOfWork, asset_id: UUID, renditions: Sequence[Rendition], facts: Mapping[str, Any]
) -> None:
    """Let a file be shown in these forms, once a text that names it is live."""
    asset = await _in_work(uow, asset_id)
    if asset is None or asset.kind is None:
        return
    for name, value in facts.items():
        setattr(asset, name, value)
    asset.state, asset.waiting_for, asset.leased_until = AssetState.READY, None, None
    asset.renditions = list(renditions)
    unused = uow.now + timedelta(days=limits().keeping.unused_days)
    asset.due_at = None if asset.kept else unused
    uow.announce(
        AssetReady(
            asset_id=asset.id, site_code=asset.site_code, kind=asset.kind, sha256=asset.sha256
        )
    )


async def _in_work(uow: UnitOfWork, asset_id: UUID) -> Asset | None:
    """Return a file that is being worked on; of one deleted meanwhile nothing may stay stored."""
    asset = await queries.locked(uow.session, asset_id)
    if asset is None:
        uow.session.add(Removal(prefix=place.everything(asset_id), due_at=uow.now))
        return None
    await queries.end_conversion(uow.session, asset_id)
    return asset if asset.state in {AssetState.SCANNING, AssetState.CONVERTING} else None


async def wait(uow: UnitOfWork, asset_id: UUID, for_what: str) -> None:
    """Note what the work on a file waits for, and try again before long."""
    asset = await queries.locked(uow.session, asset_id)
    if asset is None:
        return
    work = await queries.conversion(uow.session, asset_id) or asset
    asset.waiting_for = for_what
    work.due_at, work.leased_until = uow.now + PAUSE, None


async def hold(uow: UnitOfWork, asset_id: UUID, until: datetime) -> None:
    """Keep the work on a file to the worker that is at it."""
    await queries.extend_lease(uow.session, asset_id, until)
