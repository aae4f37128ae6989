"""Carry out what was applied for, on a site that is open."""

from collections.abc import Mapping
from uuid import UUID

from services.content.registry import queries
from services.content.registry.commands.life_cycle import announce_opening
from services.content.registry.commands.recording import AlreadyRegistered, record
from services.content.registry.commands.registering import OFFICES, announce_data
from services.content.registry.models import Column, Site
from services.content.registry.rhythm import stated
from services.content.registry.supervision_line import check_supervision
from services.content.registry.tree import ColumnChange, Tree, changed
from shared.contracts.applying import (
    Change,
    ChangeSite,
    MoveColumn,
    OpenColumn,
    RenameColumn,
)
from shared.contracts.columns import (
    ColumnHidden,
    ColumnMerged,
    ColumnMoved,
    ColumnRenamed,
    ColumnShown,
)
from shared.ids import new_id
from shared.uow import UnitOfWork


async def check(uow: UnitOfWork, site: Site, change: Change) -> None:
    """Refuse what could not be carried out as the site stands now."""
    if isinstance(change, ChangeSite):
        await _offices(uow, site, change)
        if change.domain in await queries.domains(uow.session) - {site.domain}:
            raise AlreadyRegistered
    else:
        columns = await queries.columns_on(uow.session, site.code)
        _checked(columns, change, new_id())


async def carry_out(uow: UnitOfWork, site: Site, change: Change) -> None:
    """Change a locked site or its columns as was applied for, or refuse."""
    if isinstance(change, ChangeSite):
        await _change_site(uow, site, change)
        return
    columns, opened = await queries.columns_on(uow.session, site.code), new_id()
    tree = _checked(columns, change, opened)
    match change:
        case OpenColumn():
            await _open(uow, site, change, opened)
        case RenameColumn():
            _rename(uow, columns[change.column_id], change)
        case MoveColumn():
            _move(uow, columns[change.column_id], change)
        case _:
            _follow(uow, columns, tree)


def _checked(columns: Mapping[UUID, Column], change: ColumnChange, opened: UUID) -> Tree:
    if isinstance(change, OpenColumn):
        stated(change.kind, change.target_days)
    return changed({column.id: column.place for column in columns.values()}, change, opened)


async def _open(uow: UnitOfWork, site: Site, change: OpenColumn, column_id: UUID) -> None:
    column = Column(id=column_id, site_code=site.code, **change.model_dump(exclude={"act"}))
    column.target_days, column.red_line_days = stated(change.kind, change.target_days)
    uow.session.add(column)
    announce_opening(uow, site, column)


def _rename(uow: UnitOfWork, column: Column, change: RenameColumn) -> None:
    asked = change.model_dump(include={"name", "description", "keywords"}, exclude_none=True)
    for name, value in asked.items():
        setattr(column, name, value)
    uow.announce(
        ColumnRenamed(
            id=column.id,
            site_code=column.site_code,
            name=column.name,
            description=column.description,
            keywords=tuple(column.keywords),
        )
    )


def _move(uow: UnitOfWork, column: Column, change: MoveColumn) -> None:
    column.parent_id, column.position = change.parent_id, change.position
    uow.announce(
        ColumnMoved(
            id=column.id,
            site_code=column.site_code,
            parent_id=column.parent_id,
            position=column.position,
        )
    )


def _follow(uow: UnitOfWork, columns: Mapping[UUID, Column], tree: Tree) -> None:
    """Let the columns be hidden, shown or merged as the tree says now."""
    for column in columns.values():
        named = {"id": column.id, "site_code": column.site_code}
        _, hidden, merged_into = tree[column.id]
        if merged_into is not None and merged_into != column.merged_into:
            column.merged_into = merged_into
            uow.announce(ColumnMerged(**named, into=merged_into))
        if hidden is not column.hidden:
            column.hidden = hidden
            uow.announce(ColumnHidden(**named) if hidden else ColumnShown(**named))


async def _change_site(uow: UnitOfWork, site: Site, change: ChangeSite) -> None:
    asked = change.model_dump(exclude={"act"}, exclude_none=True)
    for name, value in {**asked, **await _offices(uow, site, change)}.items():
        setattr(site, name, value)
    await record(uow)
    announce_data(uow, site)


async def _offices(uow: UnitOfWork, site: Site, change: ChangeSite) -> Mapping[str, str]:
    """Return the paths of the organizations a change of the site names, if they fit together."""
    named = {
        office: await queries.organization(uow.session, getattr(change, office))
        for office in OFFICES
        if getattr(change, office)
    }
    paths = {office: organization.path for office, organization in named.items()}
    if paths.keys() & {"supervising", "sponsoring"}:
        sponsor = named.get("sponsoring") or await queries.organization(
            uow.session, site.sponsoring.rpartition(".")[2]
        )
        check_supervision(
            paths.get("supervising", site.supervising),
            sponsor.path,
            sponsor.supervised_by,
            within="/change",
        )
    return paths
