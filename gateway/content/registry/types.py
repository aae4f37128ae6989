"""Organizations, applications and what is supervised, as GraphQL types."""

from typing import Annotated, Literal

import strawberry
from pydantic import Field

from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import applying, registry, supervision
from shared.contracts.applying import ApplicationAct as Act

for plain in (registry.Organization, supervision.Outage, supervision.Procedure):
    strawberry.pydantic.type(plain, description=plain.__doc__)


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
