"""Questions to the registry."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry.models import Column, Organization, Site, WorkdayNotice
from shared.contracts import registry as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

ORGANIZATIONS = Listing(
    "organizations", contracts.Organization, [(Organization.path, str)], newest_first=False
)
SITES = Listing("sites", contracts.Site, [(Site.code, str)], newest_first=False)
COLUMNS = Listing("columns", contracts.Column, [(Column.id, UUID)], newest_first=False)


async def organization(session: AsyncSession, code: str) -> Organization:
    """Return the organization with this code, or refuse."""
    found = await session.scalar(select(Organization).where(Organization.code == code))
    if found is None:
        raise NotFound("没有这个单位。", code=code)
    return found


async def root(session: AsyncSession) -> str | None:
    """Return the path of the organization all others stand under, once the group is founded."""
    question = select(Organization.path).where(Organization.path == Organization.code)
    return await session.scalar(question)


async def organizations(session: AsyncSession, asked: Asked) -> Page[contracts.Organization]:
    """Return one page of organizations, parents before children."""
    return await ORGANIZATIONS.turn(session, select(Organization), asked)


async def site(session: AsyncSession, code: str) -> Site:
    """Return the site with this code, or refuse."""
    found = await session.scalar(select(Site).where(Site.code == code))
    if found is None:
        raise NotFound("没有这个网站。", code=code)
    return found


async def sites(
    session: AsyncSession, codes: Sequence[str] | None, asked: Asked
) -> Page[contracts.Site]:
    """Return one page of sites, of these codes or all, by code."""
    question = select(Site)
    if codes is not None:
        question = question.where(Site.code.in_(codes))
    return await SITES.turn(session, question, asked)


async def sites_coded(session: AsyncSession, codes: Collection[str]) -> Mapping[str, Site]:
    """Return those of the sites that exist, by code."""
    rows = await session.scalars(select(Site).where(Site.code.in_(codes)))
    return {row.code: row for row in rows}


async def sites_below(
    session: AsyncSession, path: str, level: contracts.Level | None
) -> Sequence[Site]:
    """Return the sites that this organization or one below it supervises, of one level or all."""
    below = or_(Site.sponsoring == path, Site.sponsoring.startswith(f"{path}.", autoescape=True))
    question = select(Site).where(below).order_by(Site.code)
    if level is not None:
        question = question.where(Site.level == level)
    return (await session.scalars(question)).all()


async def column(session: AsyncSession, column_id: UUID) -> Column:
    """Return the column, or refuse."""
    found = await session.get(Column, column_id)
    if found is None:
        raise NotFound("没有这个栏目。")
    return found


async def column_on_site(session: AsyncSession, column_id: UUID) -> tuple[Column, Site]:
    """Return a column with the site it is on, or refuse."""
    question = select(Column, Site).join(Site, Site.code == Column.site_code)
    found = (await session.execute(question.where(Column.id == column_id))).first()
    if found is None:
        raise NotFound("没有这个栏目。")
    column, site = found
    return column, site


async def site_with_columns(session: AsyncSession, code: str) -> tuple[Site, Sequence[Column]]:
    """Return a site and every column on it, or refuse."""
    question = select(Site, Column).outerjoin(Column, Column.site_code == Site.code)
    found = (await session.execute(question.where(Site.code == code).order_by(Column.id))).all()
    if not found:
        raise NotFound("没有这个网站。", code=code)
    return found[0][0], [column for _, column in found if column is not None]


async def columns(session: AsyncSession, site_code: str, asked: Asked) -> Page[contracts.Column]:
    """Return one page of a site's columns, oldest first."""
    question = select(Column).where(Column.site_code == site_code)
    return await COLUMNS.turn(session, question, asked)


async def columns_by_id(
    session: AsyncSession, ids: Sequence[UUID], asked: Asked
) -> Page[contracts.Column]:
    """Return one page of the columns that have one of these ids."""
    return await COLUMNS.turn(session, select(Column).where(Column.id.in_(ids)), asked)


async def workday_notice(session: AsyncSession, year: int) -> WorkdayNotice | None:
    """Return the notice taken in for a year, if there is one."""
    return await session.get(WorkdayNotice, year)
