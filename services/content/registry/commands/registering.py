"""Take in a site that is applied for, and arrange its columns freely until it opens."""

from uuid import UUID

from services.content.registry import queries
from services.content.registry.commands.recording import record
from services.content.registry.lifecycle import check_arranged_freely
from services.content.registry.models import Column, Site
from services.content.registry.rhythm import stated
from services.content.registry.site_code import check_region
from services.content.registry.supervision_line import check_supervision
from services.content.registry.tree import put
from shared.auth import Permission
from shared.contracts.columns import ColumnPlanned
from shared.contracts.registering import ColumnPlan, NewColumn, NewSite, SiteData
from shared.contracts.site_life import SiteApplied, SiteChanged
from shared.ids import new_id
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect

OFFICES = ("supervising", "sponsoring", "operating")


async def register_site(uow: UnitOfWork, new: NewSite) -> Site:
    """Take in a site its sponsor applies for; readers see nothing of it until it is opened."""
    site = Site(code=new.code)
    await _take_over(uow, site, new)
    uow.session.add(site)
    await record(uow)
    uow.announce(SiteApplied.model_validate(site, from_attributes=True))
    return site


async def revise_site(uow: UnitOfWork, code: str, data: SiteData, *, version: int) -> Site:
    """Replace the data of a site that is not open yet."""
    site = await queries.site_to_change(uow.session, uow.actor, code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    expect(version, site.version)
    check_arranged_freely(site.state)
    await _take_over(uow, site, data)
    await record(uow)
    announce_data(uow, site)
    return site


async def _take_over(uow: UnitOfWork, site: Site, data: SiteData) -> None:
    check_region(site.code, data.region)
    offices = {
        office: await queries.organization(uow.session, getattr(data, office))
        for office in OFFICES
    }
    for office, organization in offices.items():
        setattr(site, office, organization.path)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    check_supervision(site.supervising, site.sponsoring, offices["sponsoring"].supervised_by)
    for name, value in data.model_dump(exclude={"code", *OFFICES}).items():
        setattr(site, name, value)


def announce_data(uow: UnitOfWork, site: Site) -> None:
    """Tell what a site's data are from now on."""
    uow.announce(SiteChanged.model_validate(site, from_attributes=True))


async def plan_column(uow: UnitOfWork, new: NewColumn) -> Column:
    """Add a column to a site that is not open yet."""
    site = await _site_to_arrange(uow, new.site_code)
    column = Column(id=new_id(), site_code=site.code)
    return await _arrange(uow, column, ColumnPlan(**new.model_dump(exclude={"site_code"})))


async def replan_column(
    uow: UnitOfWork, column_id: UUID, plan: ColumnPlan, *, version: int
) -> Column:
    """Replace what a column of a site that is not open yet shall be."""
    column = await queries.column(uow.session, column_id)
    try:
        await _site_to_arrange(uow, column.site_code)
    except NotFound:
        raise NotFound("没有这个栏目。") from None
    await uow.session.refresh(column)
    expect(version, column.version)
    return await _arrange(uow, column, plan)


async def _site_to_arrange(uow: UnitOfWork, code: str) -> Site:
    site = await queries.site_to_change(uow.session, uow.actor, code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    check_arranged_freely(site.state)
    return site


async def _arrange(uow: UnitOfWork, column: Column, plan: ColumnPlan) -> Column:
    others = await queries.columns_on(uow.session, column.site_code)
    tree = {other.id: other.place for other in others.values()}
    put(tree, column.id, plan.parent_id, hidden=plan.hidden)
    for name, value in plan.model_dump().items():
        setattr(column, name, value)
    column.target_days, column.red_line_days = stated(plan.kind, plan.target_days)
    uow.session.add(column)
    uow.announce(
        ColumnPlanned(id=column.id, site_code=column.site_code, name=column.name, kind=column.kind)
    )
    return column
