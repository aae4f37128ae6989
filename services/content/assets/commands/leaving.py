"""How files are kept, or leave with everything made of them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.content.assets import place, queries
from services.content.assets.models import Asset, Removal
from shared.auth import Permission
from shared.contracts.assets import AssetRemoved, AssetState
from shared.problem import Conflict, NotFound
from shared.uow import UnitOfWork, expect


class AssetInUse(Conflict):
    """A text names the file."""

    advice = "该文件已被稿件引用，不能删除。"


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
    if not asset.kept:
        await _remove(uow, asset)
        return
    asset.due_at = None
    if asset.state is AssetState.REFUSED:  # what the text named is still told, but not kept
        uow.session.add(Removal(prefix=place.everything(asset.id), due_at=uow.now))


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
