"""Content's contracts as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import (
    checking,
    content,
    item_files,
    registry,
    release,
    staff,
    standing,
    syndication,
)

for plain in (
    registry.SiteNotice,
    content.ItemLink,
    content.ValidityMark,
    content.Origin,
    standing.Correction,
    content.ItemWaiver,
    item_files.ItemPicture,
    item_files.ItemAttachment,
    item_files.ItemRecording,
    item_files.ItemRelatedLink,
    item_files.FileForm,
    item_files.PublicFile,
    checking.FindingPlace,
    checking.FindingWaived,
    content.Approval,
    release.ReleaseView,
    release.Withdrawn,
    staff.Grant,
    staff.ActingFor,
    staff.Viewer,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
strawberry.pydantic.type(
    checking.CheckFindingView, name="CheckFinding", description=checking.CheckFindingView.__doc__
)


HERE = strawberry.lazy("gateway.content.types")
LaterSite = Annotated["Site", HERE]
LaterItem = Annotated["Item", HERE]
LaterObligation = Annotated["Obligation", HERE]


@strawberry.pydantic.type(description=registry.Column.__doc__)
class Column(registry.Column):
    """A column with its site and items."""

    @strawberry.pydantic.field(description="The site it belongs to.")
    async def site(self, info: Info) -> LaterSite:
        """Return the column's site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="Its public items, newest first.")
    async def items(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[LaterItem]:
        """Return a page of the column's items."""
        page = await info.context.content.items(first, after, column_id=self.id)
        return connect(page, after)


@strawberry.pydantic.type(description=registry.Site.__doc__)
class Site(registry.Site):
    """A site with its columns and items."""

    @strawberry.pydantic.field(description="Its columns, oldest first.")
    async def columns(
        self, info: Info, first: First = 50, after: After = None
    ) -> Connection[Column]:
        """Return a page of the site's columns."""
        return connect(await info.context.content.columns(self.code, first, after), after)

    @strawberry.pydantic.field(description="Its public items, newest first.")
    async def items(
        self,
        info: Info,
        kind: content.ItemKind | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LaterItem]:
        """Return a page of the site's items."""
        page = await info.context.content.items(first, after, site_code=self.code, kind=kind)
        return connect(page, after)


@strawberry.pydantic.type(description=content.PublicItem.__doc__)
class Item(content.PublicItem):
    """A public item with what it is linked to."""

    @strawberry.pydantic.field(description="The site it stands on.")
    async def site(self, info: Info) -> Site:
        """Return the item's site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="The column it stands in.")
    async def column(self, info: Info) -> Column:
        """Return the item's column."""
        return await info.context.loaders.column.load(self.column_id)

    @strawberry.pydantic.field(description="The policy it interprets, whole.")
    async def interpretation_of(self, info: Info) -> LaterItem | None:
        """Return the interpreted policy."""
        if self.interprets is None:
            return None
        return await info.context.loaders.item.load(self.interprets.id)

    @strawberry.pydantic.field(description="Its interpretations, whole.")
    async def interpreted_by(self, info: Info) -> list[LaterItem]:
        """Return the items that interpret this one."""
        links = [link.id for link in self.interpretations]
        found = await info.context.loaders.item.load_many(links)
        return [item for item in found if item is not None]


@strawberry.pydantic.type(description=content.Item.__doc__)
class Draft(content.Item):
    """An item as those who work on it see it."""


@strawberry.pydantic.type(description=syndication.Directive.__doc__)
class Directive(syndication.Directive):
    """A directive and what the sites did about it."""

    @strawberry.pydantic.field(description="What each site did about it.")
    async def obligations(
        self, info: Info, first: First = 50, after: After = None
    ) -> Connection[LaterObligation]:
        """Return a page of the directive's coverage."""
        return connect(await info.context.content.coverage(self.id, first, after), after)


@strawberry.pydantic.type(description=syndication.Obligation.__doc__)
class Obligation(syndication.Obligation):
    """What one site owes."""

    @strawberry.pydantic.field(description="The site that owes it.")
    async def site(self, info: Info) -> Site:
        """Return the obliged site."""
        return await info.context.loaders.site.load(self.site_code)
