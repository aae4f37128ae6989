"""Questions about files."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload, undefer

from services.content.assets.models import Asset, Conversion, Removal, Rendition, Upload
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import assets as contracts
from shared.contracts.assets import AssetState
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

ASSETS = Listing("assets", contracts.Asset, [(Asset.id, UUID)])


async def asset(
    session: AsyncSession,
    actor: Actor,
    asset_id: UUID,
    permission: Permission = Permission.READ_DRAFTS,
    *,
    lock: bool = False,
) -> Asset:
    """Return a file that the actor's posts reach, or refuse as if there were none."""
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions))
        .where(Asset.id == asset_id, reached(actor, permission, Asset.sponsoring))
    )
    found = await session.scalar(question.with_for_update(of=Asset) if lock else question)
    if found is None:
        raise NotFound("没有这个文件。")
    return found


async def assets(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    state: AssetState | None,
    asked: Asked,
) -> Page[contracts.Asset]:
    """Return one page of the files an actor may see, newest first."""
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions))
        .where(reached(actor, Permission.READ_DRAFTS, Asset.sponsoring))
    )
    if site_code is not None:
        question = question.where(Asset.site_code == site_code)
    if state is not None:
        question = question.where(Asset.state == state)
    return await ASSETS.turn(session, question, asked)


async def ready(session: AsyncSession, asset_ids: Collection[UUID]) -> Sequence[Asset]:
    """Return those of the files that may be shown, with their forms and their text."""
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions), undefer(Asset.text))
        .where(Asset.id.in_(asset_ids), Asset.state == AssetState.READY)
        .order_by(Asset.id)
    )
    return (await session.scalars(question)).all()


async def shown(session: AsyncSession, asset_ids: Collection[UUID]) -> Mapping[UUID, Asset]:
    """Return those of the files that may be shown, with their forms, by id."""
    if not asset_ids:
        return {}
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions))
        .where(Asset.id.in_(asset_ids), Asset.state == AssetState.READY)
    )
    return {row.id: row for row in await session.scalars(question)}


async def rendition(session: AsyncSession, asset_id: UUID, name: str) -> Rendition | None:
    """Return one form of a file that may be shown; whether it may be *now* the caller knows."""
    question = (
        select(Rendition)
        .join(Asset, Asset.id == Rendition.asset_id)
        .where(Asset.id == asset_id, Asset.state == AssetState.READY, Rendition.name == name)
    )
    return await session.scalar(question)


async def upload(
    session: AsyncSession, actor: Actor, upload_id: UUID, *, lock: bool = False
) -> Upload:
    """Return an upload of the actor's own, or refuse as if there were none."""
    question = select(Upload).where(Upload.id == upload_id, Upload.uploader == actor.id)
    found = await session.scalar(question.with_for_update() if lock else question)
    if found is None:
        raise NotFound("没有这次上传，或已过期。")
    return found


async def expired_upload(session: AsyncSession, upload_id: UUID, now: datetime) -> Upload | None:
    """Return an upload that nobody has gone on with in time, locked."""
    question = select(Upload).where(Upload.id == upload_id, Upload.due_at <= now)
    return await session.scalar(question.with_for_update())


async def locked(session: AsyncSession, asset_id: UUID) -> Asset | None:
    """Return a file with its forms, locked until the transaction ends."""
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions))
        .where(Asset.id == asset_id)
        .with_for_update(of=Asset)
    )
    return await session.scalar(question)


async def locked_all(
    session: AsyncSession, asset_ids: Collection[UUID], site_code: str
) -> Sequence[Asset]:
    """Return those of the files that a site has, in a fixed order, locked."""
    question = (
        select(Asset)
        .options(selectinload(Asset.renditions))
        .where(Asset.id.in_(asset_ids), Asset.site_code == site_code)
        .order_by(Asset.id)
        .with_for_update(of=Asset)
    )
    return (await session.scalars(question)).all()


async def conversion(session: AsyncSession, asset_id: UUID) -> Conversion | None:
    """Return the conversion a file waits for, locked; none if it waits for none."""
    return await session.get(Conversion, asset_id, with_for_update=True)


async def end_conversion(session: AsyncSession, asset_id: UUID) -> None:
    """Forget the conversion of a file, if it waited for one."""
    await session.execute(delete(Conversion).where(Conversion.id == asset_id))


async def extend_lease(session: AsyncSession, asset_id: UUID, until: datetime) -> None:
    """Keep a file's work leased; whichever of the two kinds of work is going on."""
    for table in (Asset, Conversion):
        at_it = (table.id == asset_id, table.leased_until.is_not(None))
        await session.execute(update(table).where(*at_it).values(leased_until=until))


async def end_removal(session: AsyncSession, removal_id: UUID) -> None:
    """Forget objects that were deleted."""
    await session.execute(delete(Removal).where(Removal.id == removal_id))
