"""Keeping the copies of what the registry told; told twice or late, the copy is the same."""

from typing import Any

from sqlalchemy import inspect, update
from sqlalchemy.dialects.postgresql import insert

from services.interaction.database import Base
from services.interaction.group.models import HolidayNotice, Organization, Site
from shared.contracts.registry import (
    OrganizationChanged,
    OrganizationKind,
    OrganizationRegistered,
    SiteOpened,
    WorkdaysNoticed,
)
from shared.contracts.site_life import SiteChanged
from shared.uow import UnitOfWork


async def keep_organization(
    uow: UnitOfWork, told: OrganizationRegistered | OrganizationChanged
) -> None:
    """Know an organization by its code, name, place in the tree and second line."""
    # Only a change tells the second line; a registration told late must not take it away.
    second_line = (
        {"supervised_by": told.supervised_by} if isinstance(told, OrganizationChanged) else {}
    )
    await _keep(
        uow,
        Organization,
        id=told.id,
        code=told.code,
        name=told.name,
        path=told.path,
        governs=told.kind is OrganizationKind.GOVERNMENT,
        **second_line,
    )


async def keep_site(uow: UnitOfWork, told: SiteOpened) -> None:
    """Know a site, and who supervises and sponsors it."""
    await _keep(
        uow,
        Site,
        id=told.id,
        code=told.code,
        name=told.name,
        supervising=told.supervising,
        sponsoring=told.sponsoring,
    )


async def keep_site_data(uow: UnitOfWork, told: SiteChanged) -> None:
    """Know a site that has a mailbox by what it says of itself now."""
    known = update(Site).where(Site.code == told.code)
    await uow.session.execute(
        known.values(name=told.name, supervising=told.supervising, sponsoring=told.sponsoring)
    )


async def keep_notice(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Let a holiday notice stand for the whole of its year."""
    await _keep(uow, HolidayNotice, year=told.year, notice=told.model_dump(mode="json"))


async def _keep(uow: UnitOfWork, table: type[Base], **known: Any) -> None:
    key = inspect(table).primary_key
    row = insert(table).values(**known)
    await uow.session.execute(row.on_conflict_do_update(index_elements=key, set_=known))
