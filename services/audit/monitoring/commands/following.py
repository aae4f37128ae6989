"""Follow what the registry tells of sites and columns after they were opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update

from services.audit.monitoring.models import Column, Site
from services.audit.trail import queries as trail
from shared.contracts.columns import ColumnHidden, ColumnMerged, ColumnRenamed, ColumnShown
from shared.contracts.site_life import SiteChanged, SiteClosed
from shared.uow import UnitOfWork


async def note_site(uow: UnitOfWork, told: SiteChanged) -> None:
    """Know a watched site by what it says of itself now."""
    named = update(Site).where(Site.code == told.code)
    await uow.session.execute(named.values(name=told.name, sponsoring=told.sponsoring))


async def note_rename(uow: UnitOfWork, told: ColumnRenamed) -> None:
    """Know a column by its new name."""
    if (told_of := await _told(uow, told.id)) is not None:
        told_of[0].name = told.name


async def note_hidden(uow: UnitOfWork, told: ColumnHidden) -> None:
    """Stop the clock of a column that readers no longer see."""
    if (told_of := await _told(uow, told.id)) is not None:
        _rest(*told_of)


async def note_shown(uow: UnitOfWork, told: ColumnShown) -> None:
    """Let the clock of a column run again; what is old by now is old."""
    if (told_of := await _told(uow, told.id)) is not None:
        told_of[0].resting_since = None


async def note_merged(uow: UnitOfWork, told: ColumnMerged) -> None:
    """Stop the clock of a merged column, and count its items for the one it went into."""
    if (told_of := await _told(uow, told.id)) is not None:
        _rest(*told_of)
        told_of[0].merged_into = told.into
        into = update(Column).where(Column.id == told.into)
        await uow.session.execute(into.values(due_at=uow.now))


async def note_closed(uow: UnitOfWork, told: SiteClosed) -> None:
    """Stop the clocks of a closed site's columns."""
    entry = await trail.kept(uow.session, uow.cause)
    running = update(Column).where(Column.site_code == told.code, Column.resting_since.is_(None))
    await uow.session.execute(
        running.values(
            resting_since=entry.time,
            entries=func.array_append(Column.entries, entry.sequence),
            due_at=uow.now,
        )
    )


async def _told(uow: UnitOfWork, column_id: UUID) -> tuple[Column, datetime] | None:
    """Return a watched column, to be weighed again, and when what is told of it happened."""
    column = await uow.session.get(Column, column_id, with_for_update=True)
    if column is None:
        return None
    entry = await trail.kept(uow.session, uow.cause)
    column.entries, column.due_at = [*column.entries, entry.sequence], uow.now
    return column, entry.time


def _rest(column: Column, since: datetime) -> None:
    column.resting_since = column.resting_since or since
