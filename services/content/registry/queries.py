"""Questions to the registry."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry.lifecycle import RUNNING, check_takes_items
from services.content.registry.models import Column, Organization, Site, Suspension, WorkdayNotice
from services.content.registry.tree import AlreadyMerged
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import registry as contracts
from shared.contracts.page import Page
from shared.contracts.registry import OrganizationKind
from shared.pagination import Asked, Listing
from shared.problem import NotFound
from shared.workdays import Calendar, Notice

ORGANIZATIONS = Listing(
    "organizations", contracts.Organization, [(Organization.path, str)], newest_first=False
)
SITES = Listing("sites", contracts.Site, [(Site.code, str)], newest_first=False)
COLUMNS = Listing(
    "columns", contracts.Column, [(Column.position, int), (Column.id, UUID)], newest_first=False
)

VISIBLE = and_(Column.hidden.is_(False), Column.merged_into.is_(None))
PUBLIC = Site.state != contracts.SiteState.APPLIED
"""Readers know nothing of a site before it was opened."""


async def organization(session: AsyncSession, code: str) -> Organization:
    """Return the organization with this code, or refuse."""
    found = await session.scalar(select(Organization).where(Organization.code == code))
    if found is None:
        raise NotFound("没有这个单位。", code=code)
    return found


async def path_of(session: AsyncSession, code: str | None) -> str | None:
    """Return the path of the organization with this code, or refuse; without a code, nothing."""
    return None if code is None else (await organization(session, code)).path


async def root(session: AsyncSession) -> str | None:
    """Return the path of the organization all others stand under, once the group is founded."""
    question = select(Organization.path).where(Organization.path == Organization.code)
    return await session.scalar(question)


async def organizations(session: AsyncSession, asked: Asked) -> Page[contracts.Organization]:
    """Return one page of organizations, parents before children."""
    return await ORGANIZATIONS.turn(session, select(Organization), asked)


async def names(session: AsyncSession, paths: Collection[str]) -> Mapping[str, str]:
    """Return what the organizations at these paths are called."""
    question = select(Organization.path, Organization.name).where(Organization.path.in_(paths))
    return {row.path: row.name for row in await session.execute(question)}


def sponsors() -> Select[str, str, OrganizationKind]:
    """Return the question which organizations sponsor a site: path, name and kind."""
    sponsored = exists().where(Site.sponsoring == Organization.path)
    return select(Organization.path, Organization.name, Organization.kind).where(sponsored)


async def site(session: AsyncSession, code: str) -> Site:
    """Return the site with this code in whatever state, or refuse."""
    return _found_site(await session.scalar(select(Site).where(Site.code == code)), code)


async def site_by_id(session: AsyncSession, site_id: UUID) -> Site:
    """Return the site with this id, which is there."""
    return (await session.scalars(select(Site).where(Site.id == site_id))).one()


async def public_site(session: AsyncSession, code: str) -> Site:
    """Return the site with this code, or refuse as if there were none before it was opened."""
    return _found_site(await session.scalar(select(Site).where(Site.code == code, PUBLIC)), code)


async def writable_site(session: AsyncSession, code: str) -> Site:
    """Return the site with this code, unless it is closed and takes no new items."""
    found = await site(session, code)
    check_takes_items(found.state)
    return found


async def known_site(session: AsyncSession, actor: Actor, code: str) -> Site:
    """Return a site the actor's posts reach from either side, or refuse as if there were none."""
    question = select(Site).where(Site.code == code, Site.code.in_(known_sites(actor)))
    return _found_site(await session.scalar(question), code)


async def site_to_change(session: AsyncSession, actor: Actor, code: str) -> Site:
    """Return a site the actor may know of, locked: its changes go one after another."""
    question = select(Site).where(
        Site.code == code, or_(PUBLIC, Site.code.in_(known_sites(actor)))
    )
    return _found_site(await session.scalar(question.with_for_update(of=Site)), code)


async def site_locked(session: AsyncSession, code: str) -> Site:
    """Return a site that is there, locked."""
    question = select(Site).where(Site.code == code).with_for_update()
    return (await session.scalars(question)).one()


def _found_site(found: Site | None, code: str) -> Site:
    if found is None:
        raise NotFound("没有这个网站。", code=code)
    return found


def known_sites(actor: Actor) -> Select[str]:
    """Select the codes of the sites an actor sponsors or supervises, also by the second line."""
    second_line = select(Organization.path).where(
        reached(actor, Permission.APPROVE_CHANGE, Organization.supervised_by)
    )
    return select(Site.code).where(
        or_(
            reached(actor, Permission.ADMINISTER, Site.sponsoring),
            reached(actor, Permission.APPROVE_CHANGE, Site.supervising),
            Site.sponsoring.in_(second_line),
        )
    )


async def sites(
    session: AsyncSession, codes: Sequence[str] | None, asked: Asked
) -> Page[contracts.Site]:
    """Return one page of the sites readers know of, of these codes or all, by code."""
    question = select(Site).where(PUBLIC)
    if codes is not None:
        question = question.where(Site.code.in_(codes))
    return await SITES.turn(session, question, asked)


async def sites_known(
    session: AsyncSession, actor: Actor, state: contracts.SiteState | None, asked: Asked
) -> Page[contracts.Site]:
    """Return one page of the sites an actor's posts reach from either side, by code."""
    question = select(Site).where(Site.code.in_(known_sites(actor)))
    if state is not None:
        question = question.where(Site.state == state)
    return await SITES.turn(session, question, asked)


async def sites_coded(session: AsyncSession, codes: Collection[str]) -> Mapping[str, Site]:
    """Return those of the sites that exist, by code."""
    rows = await session.scalars(select(Site).where(Site.code.in_(codes)))
    return {row.code: row for row in rows}


async def sites_in_reach(session: AsyncSession, path: str) -> Sequence[tuple[Site, Organization]]:
    """Return the running sites at or below an organization or on its second line, and sponsors."""
    within = (
        or_(at == path, at.startswith(f"{path}.", autoescape=True))
        for at in (Organization.path, Organization.supervised_by)
    )
    question = select(Site, Organization).join(Organization, Organization.path == Site.sponsoring)
    question = question.where(or_(*within), Site.state.in_(RUNNING)).order_by(Site.code)
    return [(site, sponsor) for site, sponsor in await session.execute(question)]


async def suspensions(session: AsyncSession, site_code: str) -> Sequence[Suspension]:
    """Return the times for which a site was taken off line, the latest first."""
    question = select(Suspension).where(Suspension.site_code == site_code)
    return (await session.scalars(question.order_by(Suspension.began_at.desc()))).all()


async def column(session: AsyncSession, column_id: UUID) -> Column:
    """Return the column, or refuse."""
    found = await session.get(Column, column_id)
    if found is None:
        raise NotFound("没有这个栏目。")
    return found


async def writable_column(session: AsyncSession, column_id: UUID) -> Column:
    """Return the column, unless it was merged into another one, which takes its new items."""
    found = await column(session, column_id)
    if found.merged_into is not None:
        raise AlreadyMerged(merged_into=str(found.merged_into))
    return found


async def public_column(session: AsyncSession, column_id: UUID) -> tuple[Column, Sequence[UUID]]:
    """Return a column readers may know of, and the columns that were merged into it."""
    question = (
        select(Column)
        .join(Site, Site.code == Column.site_code)
        .where(or_(Column.id == column_id, Column.merged_into == column_id), PUBLIC)
    )
    rows = {row.id: row for row in await session.scalars(question)}
    if column_id not in rows:
        raise NotFound("没有这个栏目。")
    return rows.pop(column_id), sorted(rows)


async def merged_columns(session: AsyncSession, column_id: UUID) -> Sequence[UUID]:
    """Return the columns that were merged into this one."""
    return (await session.scalars(leading_to(column_id).order_by(Column.id))).all()


def leading_to(column_id: UUID) -> Select[UUID]:
    """Return the question which columns were merged into this one."""
    return select(Column.id).where(Column.merged_into == column_id)


async def column_on_site(session: AsyncSession, column_id: UUID) -> tuple[Column, Site]:
    """Return a column readers may know of with the site it is on, or refuse."""
    question = select(Column, Site).join(Site, Site.code == Column.site_code)
    found = (await session.execute(question.where(Column.id == column_id, PUBLIC))).first()
    if found is None:
        raise NotFound("没有这个栏目。")
    return found[0], found[1]


async def site_with_columns(session: AsyncSession, code: str) -> tuple[Site, Sequence[Column]]:
    """Return a site and every column on it, or refuse."""
    question = select(Site, Column).outerjoin(Column, Column.site_code == Site.code)
    found = (await session.execute(question.where(Site.code == code).order_by(Column.id))).all()
    if not found:
        raise NotFound("没有这个网站。", code=code)
    return found[0][0], [column for _, column in found if column is not None]


async def columns(session: AsyncSession, site_code: str, asked: Asked) -> Page[contracts.Column]:
    """Return one page of the columns that a site's readers see, in order of their positions."""
    question = _public_columns().where(Column.site_code == site_code, VISIBLE)
    return await COLUMNS.turn(session, question, asked)


async def sites_of_columns(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the site code of each of the columns that exist, by id."""
    rows = await session.execute(select(Column.id, Column.site_code).where(Column.id.in_(ids)))
    return {row.id: row.site_code for row in rows}


async def columns_by_id(
    session: AsyncSession, ids: Sequence[UUID], asked: Asked
) -> Page[contracts.Column]:
    """Return one page of the columns with these ids, hidden and merged ones too."""
    return await COLUMNS.turn(session, _public_columns().where(Column.id.in_(ids)), asked)


def _public_columns() -> Select[Column]:
    return select(Column).where(Column.site_code.in_(select(Site.code).where(PUBLIC)))


async def columns_known(
    session: AsyncSession, actor: Actor, site_code: str, asked: Asked
) -> Page[contracts.Column]:
    """Return one page of all columns of a site that the actor's posts reach."""
    question = select(Column).where(
        Column.site_code == site_code, Column.site_code.in_(known_sites(actor))
    )
    return await COLUMNS.turn(session, question, asked)


async def columns_on(session: AsyncSession, site_code: str) -> Mapping[UUID, Column]:
    """Return every column of a site, by id, the oldest first."""
    question = select(Column).where(Column.site_code == site_code).order_by(Column.id)
    return {row.id: row for row in await session.scalars(question)}


async def workday_notice(session: AsyncSession, year: int) -> WorkdayNotice | None:
    """Return the notice taken in for a year, if there is one."""
    return await session.get(WorkdayNotice, year)


async def calendar(session: AsyncSession) -> Calendar:
    """Return the working days as known now: the checked-in notices, then those taken in since."""
    known = Calendar.official()
    for document in await session.scalars(select(WorkdayNotice.notice)):
        known = known.with_notice(Notice.model_validate(document))
    return known


async def regions(session: AsyncSession) -> frozenset[str]:
    """Return the regions in which there are sites."""
    return frozenset(await session.scalars(select(Site.region).distinct()))


async def domains(session: AsyncSession) -> frozenset[str]:
    """Return the domains of the group's sites."""
    return frozenset(await session.scalars(select(Site.domain)))


async def kinds_of_columns(
    session: AsyncSession, ids: Collection[UUID]
) -> Mapping[UUID, contracts.ColumnKind]:
    """Return of what kind each of these columns is."""
    question = select(Column.id, Column.kind).where(Column.id.in_(ids))
    return {row.id: row.kind for row in await session.execute(question)} if ids else {}
