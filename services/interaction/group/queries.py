"""Questions about the units, sites and holidays of the group."""

from collections.abc import Sequence

from sqlalchemy import ScalarSelect, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.group.models import HolidayNotice, Organization, Site
from shared.auth import Actor, Permission, upward
from shared.authority import reached
from shared.db import table_of
from shared.workdays import Calendar, Notice

SITES = table_of(Site).c
SPONSOR = select(SITES.sponsoring).where(SITES.code == bindparam("site_code"))


async def organization(session: AsyncSession, code: str) -> Organization | None:
    """Return the organization with this code, if it has been told of."""
    return await session.scalar(select(Organization).where(Organization.code == code))


async def organization_at(session: AsyncSession, path: str) -> Organization | None:
    """Return the organization at this path, if it has been told of."""
    return await session.scalar(select(Organization).where(Organization.path == path))


def path_of(code: str) -> ScalarSelect[str]:
    """Select the path of the organization with this code."""
    return select(Organization.path).where(Organization.code == code).scalar_subquery()


async def site(session: AsyncSession, code: str) -> Site | None:
    """Return the site with this code, if it has been told of."""
    return await session.scalar(select(Site).where(Site.code == code))


async def sponsor(session: AsyncSession, site_code: str) -> str | None:
    """Return the path of the organization that sponsors a site, if it has been told of."""
    return await session.scalar(SPONSOR, {"site_code": site_code})


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


async def supervision(session: AsyncSession, site_code: str, unit: str) -> tuple[str, str | None]:
    """Return the path of who supervises a site, and of a unit's second line if it has one."""
    second = select(Organization.supervised_by).where(Organization.path == unit)
    question = select(Site.supervising, second.scalar_subquery()).where(Site.code == site_code)
    supervising, second_line = (await session.execute(question)).one()
    return supervising, second_line


def supervised_sites(actor: Actor) -> Select[str]:
    """Select the codes of the sites an actor supervises."""
    return select(Site.code).where(reached(actor, Permission.APPROVE_CHANGE, Site.supervising))


def second_line(actor: Actor) -> Select[str | None]:
    """Select the paths of the units whose second line of supervision an actor stands for."""
    supervised = reached(actor, Permission.APPROVE_CHANGE, Organization.supervised_by)
    return select(Organization.path).where(supervised)
