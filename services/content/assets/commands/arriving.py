"""How files arrive: at once, or piece by piece."""

from datetime import datetime, timedelta
from uuid import UUID

from services.content.assets import place, queries
from services.content.assets.limits import limits
from services.content.assets.models import Asset, Removal, Upload
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.assets import AssetReceived
from shared.files.adapters.storage import Arrived
from shared.files.kind import (
    FileTooLarge,
    OtherExtension,
    admit,
    fits,
    most_bytes,
    rules,
)
from shared.problem import Conflict, Unprocessable
from shared.uow import UnitOfWork


class WrongOffset(Conflict):
    """The piece does not begin where the upload has got to."""

    advice = "分片位置不符，请从服务器返回的位置继续上传。"


class OtherBytes(Unprocessable):
    """What arrived is not what was announced."""

    advice = "收到的内容与申报的大小或校验值不符，请重新上传。"


async def begin_upload(
    uow: UnitOfWork,
    site_code: str,
    name: str,
    size: int | None = None,
    sha256: str | None = None,
    permission: Permission = Permission.EDIT,
) -> Upload:
    """Note that a file for a site is on its way, so that nothing of it stays if it is cut off."""
    site = await registry.site(uow.session, site_code)
    uow.actor.require(permission, site.sponsoring)
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


async def finish_upload(
    uow: UnitOfWork,
    upload_id: UUID,
    arrived: Arrived,
    permission: Permission = Permission.EDIT,
) -> Asset:
    """Make a file of an upload whose bytes are all stored; it waits to be scanned."""
    upload = await queries.upload(uow.session, uow.actor, upload_id, lock=True)
    if upload.finished:
        return await queries.asset(uow.session, uow.actor, upload_id, permission)
    if (upload.size, upload.sha256) != (None, None) and (upload.size, upload.sha256) != (
        arrived.size,
        arrived.sha256,
    ):
        raise OtherBytes
    site = await registry.site(uow.session, upload.site_code)
    uow.actor.require(permission, site.sponsoring)
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
    upload.finished, upload.size, upload.offset = True, arrived.size, arrived.size
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


def _expiry(now: datetime) -> datetime:
    return now + timedelta(hours=limits().upload.expires_hours)
