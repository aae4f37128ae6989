"""Taking in sites and columns, or recognizing those that are there."""

from collections.abc import Mapping
from uuid import UUID

from services.content.bulk import queries
from services.content.bulk.line import ColumnLine, SiteLine
from services.content.bulk.models import Import, Imported, ImportedId
from services.content.registry import queries as registry
from services.content.registry.commands.registering import (
    plan_column,
    register_site,
    replan_column,
)
from shared.contracts.registering import ColumnPlan, NewColumn, NewSite
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork


async def take_site(uow: UnitOfWork, run: Import, line: SiteLine) -> UUID:
    """Register a site as every site is, or recognize the one that has its code."""
    known = (await registry.sites_coded(uow.session, [line.code])).get(line.code)
    if known is None:
        new = NewSite(**line.model_dump(exclude={"type", "id"}))
        known = await register_site(uow, new)
    return await _note(uow, run, Imported.SITE, line.id, known.id)


async def take_column(uow: UnitOfWork, run: Import, line: ColumnLine) -> UUID:
    """Plan a column as every column is, or recognize the one of its name in its place."""
    site_id = await _known(uow, run, Imported.SITE, line.site, "/site")
    site = await registry.site_by_id(uow.session, site_id)
    parent_id = None
    if line.parent is not None:
        parent_id = await _known(uow, run, Imported.COLUMN, line.parent, "/parent")
    for column in (await registry.columns_on(uow.session, site.code)).values():
        if (column.name, column.parent_id) == (line.name, parent_id):
            return await _note(uow, run, Imported.COLUMN, line.id, column.id)
    data = line.model_dump(exclude={"type", "id", "site", "parent", "hidden"})
    new = NewColumn(**data, site_code=site.code, parent_id=parent_id)
    column = await plan_column(uow, new)
    if line.hidden:
        await uow.session.flush()
        plan = ColumnPlan(**data, parent_id=parent_id, hidden=True)
        await replan_column(uow, column.id, plan, version=column.version)
    return await _note(uow, run, Imported.COLUMN, line.id, column.id)


async def _known(uow: UnitOfWork, run: Import, kind: Imported, legacy: str, at: str) -> UUID:
    found: Mapping[str, UUID] = await queries.own_ids(uow.session, run.source, kind, [legacy])
    if legacy not in found:
        raise Invalid([Fault(at, f"unknown_{kind}", f"前文没有导入过编号为“{legacy}”的对象。")])
    return found[legacy]


async def _note(uow: UnitOfWork, run: Import, kind: Imported, legacy: str, own: UUID) -> UUID:
    await uow.session.flush()
    uow.session.add(
        ImportedId(source=run.source, type=kind, legacy_id=legacy, own_id=own, import_id=run.id)
    )
    return own
