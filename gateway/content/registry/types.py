"""Organizations, sites on their way, and what is applied for, as GraphQL types."""

from datetime import date
from typing import Annotated, Literal

import strawberry
from pydantic import Field

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import (
    applying,
    columns,
    delivery,
    registering,
    registry,
    supervision,
)
from shared.contracts.applying import ApplicationAct as Act
from shared.contracts.columns import ColumnName
from shared.contracts.dead_links import DeadLink, LinkingItem
from shared.workdays import Notice

for plain in (
    Notice,
    registering.TakenNotice,
    registry.Organization,
    ColumnName,
    supervision.Procedure,
    supervision.MissingProcedure,
    LinkingItem,
    DeadLink,
    delivery.SiteVisits,
    delivery.CountedColumn,
    delivery.CountedForm,
    delivery.CountedKind,
    delivery.CountedRow,
    delivery.AnnualCounters,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=columns.SimilarColumns.__doc__)
class SimilarColumns(columns.SimilarColumns):
    """Two columns that are alike, as a list of two."""

    columns: list[ColumnName]  # type: ignore[assignment]  # the same two


@strawberry.pydantic.type(description="A column as its keepers see it, listed or not.")
class KnownColumn(registry.Column):
    """A column of a site in any state."""


@strawberry.pydantic.type(
    description="A site as those who sponsor or supervise it see it, in any state."
)
class KnownSite(registry.Site):
    """A site in any state, with what only its keepers may ask."""

    @strawberry.pydantic.field(
        description="All its columns, hidden ones too; one call upstream for each site."
    )
    async def columns(
        self, info: Info, first: First = 50, after: After = None
    ) -> Connection[KnownColumn]:
        """Return a page of the site's columns."""
        return connect(await info.context.content.all_columns(self.code, first, after), after)

    @strawberry.pydantic.field(
        description="Its columns that are alike, with what shows it, the likest first;"
        " one call upstream for each site."
    )
    async def similar_columns(self, info: Info) -> list[SimilarColumns]:
        """Return the pairs of columns that could be one."""
        return await info.context.content.similar_columns(self.code)

    @strawberry.pydantic.field(
        description="The links in its items that lead nowhere, the latest first;"
        " one call upstream for each site."
    )
    async def dead_links(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DeadLink]:
        """Return a page of the site's dead links."""
        return connect(await info.context.content.dead_links(self.code, first, after), after)

    @strawberry.pydantic.field(
        description="How often its items were read on each day, from one day to another;"
        " one call upstream for each site."
    )
    async def visits(self, info: Info, since: date, until: date) -> delivery.SiteVisits:
        """Return the count of readings of the site's items."""
        return await info.context.content.site_visits(self.code, since, until)

    @strawberry.pydantic.field(
        description="What its annual report (年度工作报表) asks of content, as far as facts tell;"
        " one call upstream for each site."
    )
    async def annual_counters(self, info: Info, year: int) -> delivery.AnnualCounters:
        """Return the counters of a year."""
        return await info.context.content.annual_counters(self.code, year)


@strawberry.pydantic.type(description=supervision.Outage.__doc__)
class Outage(supervision.Outage):
    """An outage with the site that could not be reached."""

    @strawberry.pydantic.field(description="The site that cannot be reached.")
    async def site(self, info: Info) -> Site:
        """Return the outage's site."""
        return await info.context.loaders.site.load(self.site_code)


# GraphQL tells these apart by their types, so the act itself is not shown again.


@strawberry.pydantic.type(description=applying.OpenColumn.__doc__)
class OpenColumn(applying.OpenColumn):
    """The opening of a column, as it was applied for."""

    act: strawberry.Private[Literal[Act.OPEN_COLUMN]]


@strawberry.pydantic.type(description=applying.MergeColumns.__doc__)
class MergeColumns(applying.MergeColumns):
    """The merging of two columns, as it was applied for."""

    act: strawberry.Private[Literal[Act.MERGE_COLUMNS]]


@strawberry.pydantic.type(description=applying.HideColumn.__doc__)
class HideColumn(applying.HideColumn):
    """The hiding of a column, as it was applied for."""

    act: strawberry.Private[Literal[Act.HIDE_COLUMN]]


@strawberry.pydantic.type(description=applying.ShowColumn.__doc__)
class ShowColumn(applying.ShowColumn):
    """The showing of a column, as it was applied for."""

    act: strawberry.Private[Literal[Act.SHOW_COLUMN]]


@strawberry.pydantic.type(description=applying.RenameColumn.__doc__)
class RenameColumn(applying.RenameColumn):
    """The renaming of a column, as it was applied for."""

    act: strawberry.Private[Literal[Act.RENAME_COLUMN]]


@strawberry.pydantic.type(description=applying.MoveColumn.__doc__)
class MoveColumn(applying.MoveColumn):
    """The moving of a column, as it was applied for."""

    act: strawberry.Private[Literal[Act.MOVE_COLUMN]]


@strawberry.pydantic.type(description=applying.ChangeSite.__doc__)
class ChangeSite(applying.ChangeSite):
    """The change of a site, as it was applied for."""

    act: strawberry.Private[Literal[Act.CHANGE_SITE]]


Change = Annotated[
    OpenColumn | MergeColumns | HideColumn | ShowColumn | RenameColumn | MoveColumn | ChangeSite,
    Field(discriminator="act"),
    strawberry.union("Change", description="What is applied for."),
]


@strawberry.pydantic.type(description=applying.Application.__doc__)
class Application(applying.Application):
    """An application with the site it is for."""

    change: Change

    @strawberry.pydantic.field(description="The site it is for.")
    async def site(self, info: Info) -> Site:
        """Return the application's site."""
        return await info.context.loaders.site.load(self.site_code)
