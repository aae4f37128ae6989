"""Found the group, let units join it and change, and take in holiday notices."""

from sqlalchemy import func, select

from services.content.registry import queries
from services.content.registry.commands.recording import record
from services.content.registry.models import Organization, WorkdayNotice
from services.content.registry.supervision_line import check_second_line, check_sites_keep
from shared.auth import Permission
from shared.contracts.registering import NewOrganization, OrganizationData
from shared.contracts.registry import (
    Level,
    OrganizationChanged,
    OrganizationKind,
    OrganizationRegistered,
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


async def change_organization(
    uow: UnitOfWork, code: str, data: OrganizationData, *, version: int
) -> Organization:
    """Say anew what a unit is and who supervises it besides; it stays where it stands."""
    unit = await queries.organization(uow.session, code)
    parent = unit.path.rpartition(".")[0] or unit.path
    uow.actor.require(Permission.ADMINISTER, parent)
    await uow.session.refresh(unit, with_for_update=True)
    expect(version, unit.version)
    second_line = await queries.path_of(uow.session, data.supervised_by)
    check_second_line(unit.path, second_line)
    sites = await queries.sites_in_reach(uow.session, unit.path)
    own = {site.code: site.supervising for site, sponsor in sites if sponsor is unit}
    check_sites_keep(own, unit.path, second_line)
    unit.name, unit.kind, unit.level = data.name, data.kind, data.level
    unit.supervised_by = second_line
    uow.announce(OrganizationChanged.model_validate(unit, from_attributes=True))
    return unit


async def _register(uow: UnitOfWork, organization: Organization) -> Organization:
    uow.session.add(organization)
    await record(uow)
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
