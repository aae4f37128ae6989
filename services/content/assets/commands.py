"""Everything that changes files: how they arrive, are judged, are kept or leave."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.content.assets import place, queries
from services.content.assets.adapters.storage import Arrived
from services.content.assets.kind import (
    FileTooLarge,
    OtherExtension,
    admit,
    fits,
    most_bytes,
    rules,
)
from services.content.assets.limits import limits
from services.content.assets.models import Asset, Conversion, Removal, Rendition, Upload
from services.content.assets.scanning import ADVICE, Scan
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.assets import (
    AssetReady,
    AssetReceived,
    AssetRefused,
    AssetRemoved,
    AssetState,
    Family,
    RefusalReason,
)
from shared.problem import Conflict, NotFound, Unprocessable
from shared.uow import UnitOfWork, expect

PAUSE = timedelta(minutes=1)
STREAMED = {Family.AUDIO, Family.VIDEO}
UNSETTLED = {AssetState.RECEIVED, AssetState.SCANNING}


class WrongOffset(Conflict):
    """The piece does not begin where the upload has got to."""

    advice = "分片位置不符，请从服务器返回的位置继续上传。"


class OtherBytes(Unprocessable):
    """What arrived is not what was announced."""

    advice = "收到的内容与申报的大小或校验值不符，请重新上传。"


class AssetInUse(Conflict):
    """A text names the file."""

    advice = "该文件已被稿件引用，不能删除。"


async def begin_upload(
    uow: UnitOfWork, site_code: str, name: str, size: int | None = None, sha256: str | None = None
) -> Upload:
    """Note that a file for a site is on its way, so that nothing of it stays if it is cut off."""
    site = await registry.site(uow.session, site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    kinds = {kind for kind in rules() if fits(name, kind)}
    if not kinds:
        listed = sorted({each for rule in rules().values() for each in rule.extensions})
        raise OtherExtension(f"不接受此扩展名，只接受：{'、'.join(listed)}。", extensions=listed)
    if size is not None and size > most_bytes(kinds):
        raise FileTooLarge(most=most_bytes(kinds))
    upload = Upload(
        site_code=site.code,
        uploader=uow.actor.id,
        name=name,
        size=size,
        sha256=sha256,
        due_at=_expiry(uow.now),
    )
    uow.session.add(upload)
    await uow.session.flush()
    return upload


async def append_piece(
    uow: UnitOfWork, upload_id: UUID, offset: int, lies_at: str, size: int
) -> Upload:
    """Add a piece that was stored to its upload, if it begins where the upload ends."""
    upload = await queries.upload(uow.session, uow.actor, upload_id, lock=True)
    check_offset(upload, offset)
    if upload.size is None or offset + size > upload.size:
        raise OtherBytes
    upload.pieces = [*upload.pieces, lies_at]
    upload.offset += size
    upload.due_at = _expiry(uow.now)
    return upload


def check_offset(upload: Upload, offset: int) -> None:
    """Refuse a piece that does not begin where the upload has got to, and say where that is."""
    if offset != upload.offset:
        raise WrongOffset(offset=upload.offset)


async def finish_upload(uow: UnitOfWork, upload_id: UUID, arrived: Arrived) -> Asset:
    """Make a file of an upload whose bytes are all stored; it waits to be scanned."""
    upload = await queries.upload(uow.session, uow.actor, upload_id, lock=True)
    if upload.finished:
        return await queries.asset(uow.session, uow.actor, upload_id, Permission.EDIT)
    if (upload.size, upload.sha256) != (None, None) and (upload.size, upload.sha256) != (
        arrived.size,
        arrived.sha256,
    ):
        raise OtherBytes
    site = await registry.site(uow.session, upload.site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    kinds = admit(upload.name, arrived.head)
    asset = Asset(
        id=upload.id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        uploader=upload.uploader,
        name=upload.name,
        size=arrived.size,
        sha256=arrived.sha256,
        kind=next(iter(kinds)) if len(kinds) == 1 else None,
        received_at=uow.now,
        due_at=uow.now,
        renditions=[],
    )
    uow.session.add(asset)
    upload.finished = True
    if upload.pieces:
        # Not at once: another request may be joining the same pieces.
        later = uow.now + timedelta(hours=1)
        uow.session.add(Removal(prefix=place.pieces(upload.id), due_at=later))
    uow.announce(
        AssetReceived(
            asset_id=asset.id, site_code=asset.site_code, kind=asset.kind, sha256=asset.sha256
        )
    )
    return asset


async def expire_upload(uow: UnitOfWork, upload_id: UUID) -> None:
    """Forget an upload nobody has gone on with; what was stored of it will be removed."""
    upload = await queries.expired_upload(uow.session, upload_id, uow.now)
    if upload is None:
        return
    await uow.session.delete(upload)
    if not upload.finished:
        uow.session.add(Removal(prefix=place.everything(upload.id), due_at=uow.now))


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


async def keep(uow: UnitOfWork, asset_ids: Collection[UUID], site_code: str) -> Sequence[Asset]:
    """Keep files for good because a text of their site names them; return them.

    Texts are never deleted, and so neither is what they name.
    """
    assets = await queries.locked_all(uow.session, asset_ids, site_code)
    if missing := set(asset_ids) - {asset.id for asset in assets}:
        raise NotFound("没有这个文件，或不属于此网站。", ids=sorted(map(str, missing)))
    for asset in assets:
        if not asset.kept:
            asset.kept_at = uow.now
        if asset.state is AssetState.READY:
            asset.due_at = None
    return assets


async def delete_asset(uow: UnitOfWork, asset_id: UUID, *, version: int) -> Asset:
    """Delete a file that no text names."""
    asset = await queries.asset(uow.session, uow.actor, asset_id, Permission.EDIT, lock=True)
    expect(version, asset.version)
    if asset.kept:
        raise AssetInUse
    await _remove(uow, asset)
    return asset


async def remove_unused(uow: UnitOfWork, asset_id: UUID) -> None:
    """Delete a file that no text has come to name in time."""
    asset = await queries.locked(uow.session, asset_id)
    if asset is None or asset.due_at is None or asset.due_at > uow.now:
        return
    if asset.kept:
        asset.due_at = None
    else:
        await _remove(uow, asset)


async def _remove(uow: UnitOfWork, asset: Asset) -> None:
    await uow.session.delete(asset)
    uow.session.add(Removal(prefix=place.everything(asset.id), due_at=uow.now))
    uow.announce(
        AssetRemoved(
            asset_id=asset.id, site_code=asset.site_code, kind=asset.kind, sha256=asset.sha256
        )
    )


async def end_removal(uow: UnitOfWork, removal_id: UUID) -> None:
    """Forget objects that were deleted."""
    await queries.end_removal(uow.session, removal_id)


def _expiry(now: datetime) -> datetime:
    return now + timedelta(hours=limits().upload.expires_hours)
