"""Questions about the units, sites and holidays of the group."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.group.models import HolidayNotice, Organization, Site
from shared.auth import upward
from shared.workdays import Calendar, Notice


async def organization(session: AsyncSession, code: str) -> Organization | None:
    """Return the organization with this code, if it has been told of."""
    return await session.scalar(select(Organization).where(Organization.code == code))


async def organization_at(session: AsyncSession, path: str) -> Organization | None:
    """Return the organization at this path, if it has been told of."""
    return await session.scalar(select(Organization).where(Organization.path == path))


async def site(session: AsyncSession, code: str) -> Site | None:
    """Return the site with this code, if it has been told of."""
    return await session.scalar(select(Site).where(Site.code == code))


async def governing(session: AsyncSession, path: str) -> Sequence[str]:
    """Return the paths of the governments at or above the organization at `path`."""
    question = select(Organization.path).where(
        Organization.path.in_(upward(path)), Organization.governs
    )
    return (await session.scalars(question)).all()


async def calendar(session: AsyncSession) -> Calendar:
    """Return the working days as known now: the checked-in notices, then those taken in since."""
    known = Calendar.official()
    for document in await session.scalars(select(HolidayNotice.notice)):
        known = known.with_notice(Notice.model_validate(document))
    return known
