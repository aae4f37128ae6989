"""Everything that changes the registry."""

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from services.content.registry import queries
from services.content.registry.models import Column, Organization, Site, WorkdayNotice
from services.content.registry.rhythm import stated
from services.content.registry.schemas import NewColumn, NewOrganization, NewSite
from shared.auth import Permission
from shared.contracts.registry import (
    ColumnOpened,
    Level,
    OrganizationKind,
    OrganizationRegistered,
    SiteOpened,
    WorkdaysNoticed,
)
from shared.problem import Conflict, StaleVersion
from shared.uow import UnitOfWork, expect
from shared.workdays import Notice

FOUNDING = func.hashtextextended("found", 0)
NOTICES = func.hashtextextended("notices", 0)


class AlreadyFounded(Conflict):
    """The group has been founded."""

    advice = "网站群已经建立，不能重复建立。"


class AlreadyRegistered(Conflict):
    """Another entry of the registry has this code, name or domain."""

    advice = "代码或域名已被登记。"


async def found_group(uow: UnitOfWork, code: str, name: str, level: Level) -> Organization:
    """Register the first organization, the root all others stand under."""
    await uow.session.execute(select(func.pg_advisory_xact_lock(FOUNDING)))
    if await queries.root(uow.session):
        raise AlreadyFounded
    root = Organization(
        code=code, name=name, kind=OrganizationKind.GOVERNMENT, level=level, path=code
    )
    return await _register(uow, root)


async def register_organization(uow: UnitOfWork, new: NewOrganization) -> Organization:
    """Let a unit join the group under its parent."""
    parent = await queries.organization(uow.session, new.parent)
    uow.actor.require(Permission.ADMINISTER, parent.path)
    supervisor = new.supervised_by and await queries.organization(uow.session, new.supervised_by)
    organization = Organization(
        code=new.code,
        name=new.name,
        kind=new.kind,
        level=new.level,
        path=f"{parent.path}.{new.code}",
        supervised_by=supervisor.path if supervisor else None,
    )
    return await _register(uow, organization)


async def _register(uow: UnitOfWork, organization: Organization) -> Organization:
    uow.session.add(organization)
    await _write(uow)
    uow.announce(
        OrganizationRegistered(
            id=organization.id,
            code=organization.code,
            name=organization.name,
            kind=organization.kind,
            level=organization.level,
            path=organization.path,
        )
    )
    return organization


async def open_site(uow: UnitOfWork, new: NewSite) -> Site:
    """Open a site for the organization that sponsors it."""
    supervising = await queries.organization(uow.session, new.supervising)
    sponsoring = await queries.organization(uow.session, new.sponsoring)
    operating = await queries.organization(uow.session, new.operating)
    uow.actor.require(Permission.ADMINISTER, sponsoring.path)
    site = Site(
        code=new.code,
        name=new.name,
        domain=new.domain,
        level=new.level,
        region=new.region,
        supervising=supervising.path,
        sponsoring=sponsoring.path,
        operating=operating.path,
    )
    uow.session.add(site)
    await _write(uow)
    uow.announce(
        SiteOpened(
            id=site.id,
            code=site.code,
            name=site.name,
            domain=site.domain,
            level=site.level,
            region=site.region,
            supervising=site.supervising,
            sponsoring=site.sponsoring,
        )
    )
    return site


async def open_column(uow: UnitOfWork, new: NewColumn) -> Column:
    """Open a column; from this moment its update clock runs."""
    site = await queries.site(uow.session, new.site_code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    rhythm = stated(new.kind, new.target_days)
    column = Column(
        site_code=site.code,
        name=new.name,
        kind=new.kind,
        target_days=rhythm.target_days,
        red_line_days=rhythm.red_line_days,
    )
    uow.session.add(column)
    await _write(uow)
    uow.announce(
        ColumnOpened(
            id=column.id,
            site_code=site.code,
            sponsoring=site.sponsoring,
            name=column.name,
            kind=column.kind,
            target_days=column.target_days,
            red_line_days=column.red_line_days,
        )
    )
    return column


async def take_in_notice(uow: UnitOfWork, notice: Notice, version: int | None) -> WorkdayNotice:
    """Take in a year's holiday notice, or a correction of it; deadlines are then recomputed."""
    uow.actor.require(Permission.ADMINISTER, await queries.root(uow.session) or "")
    await uow.session.execute(select(func.pg_advisory_xact_lock(NOTICES)))
    known = await queries.workday_notice(uow.session, notice.year)
    document = notice.model_dump(mode="json")
    if known is None:
        if version is not None:
            raise StaleVersion
        known = WorkdayNotice(year=notice.year, notice=document)
        uow.session.add(known)
    else:
        expect(version, known.version)
        known.notice = document
    uow.announce(WorkdaysNoticed.model_validate(document))
    return known


async def _write(uow: UnitOfWork) -> None:
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise AlreadyRegistered from fault
