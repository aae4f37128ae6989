"""What the public reads as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.filters import Filter
from gateway.content.delivery.pages import ShareData
from gateway.context import Info
from shared.contracts import (
    content,
    delivery,
    item_files,
    origin,
    registry,
    standing,
    topics,
)
from shared.contracts.page import Page

for plain in (
    registry.SiteNotice,
    content.ItemLink,
    content.ValidityMark,
    origin.Hop,
    origin.Origin,
    standing.Correction,
    item_files.ItemRelatedLink,
    item_files.FileForm,
    item_files.PublicFile,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


HERE = strawberry.lazy("gateway.content.delivery.types")
LaterColumn = Annotated["Column", HERE]
LaterSite = Annotated["Site", HERE]
LaterItem = Annotated["Item", HERE]


@strawberry.pydantic.type(description=registry.Column.__doc__)
class Column(registry.Column):
    """A column with its site and items."""

    @strawberry.pydantic.field(description="The site it belongs to.")
    async def site(self, info: Info) -> LaterSite:
        """Return the column's site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="Its public items, newest first.")
    async def items(
        self, info: Info, first: First = 20, after: After = None, filter: Filter = None
    ) -> Connection[LaterItem]:
        """Return a page of the column's items."""
        page = await info.context.content.items(first, after, column_id=self.id, wanted=filter)
        return connect(page, after)

    @strawberry.pydantic.field(
        description="The labels (网页标签) of its page; one call upstream for each column."
    )
    async def labels(self, info: Info) -> delivery.PageLabels:
        """Return the labels of the column's page."""
        return await info.context.content.column_labels(self.id)

    @strawberry.pydantic.field(description="The column it stands under, if not at the top.")
    async def parent(self, info: Info) -> LaterColumn | None:
        """Return the column above this one."""
        if self.parent_id is None:
            return None
        return await info.context.loaders.column.load(self.parent_id)


@strawberry.pydantic.type(description=registry.Site.__doc__)
class Site(registry.Site):
    """A site with its columns and items."""

    @strawberry.pydantic.field(
        description="What every page must show at its foot; one call upstream for each site."
    )
    async def footer(self, info: Info) -> registry.Footer:
        """Return the site's footer."""
        return await info.context.content.footer(self.code)

    @strawberry.pydantic.field(
        description="The labels (网页标签) of its home page; one call upstream for each site."
    )
    async def labels(self, info: Info) -> delivery.PageLabels:
        """Return the labels of the site's page."""
        return await info.context.content.home_labels(self.code)

    @strawberry.pydantic.field(description="Its columns, in order; `parentId` makes the tree.")
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
        filter: Filter = None,
    ) -> Connection[LaterItem]:
        """Return a page of the site's items."""
        page = await info.context.content.items(
            first, after, site_code=self.code, kind=kind, wanted=filter
        )
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

    @strawberry.pydantic.field(
        description="The labels (网页标签) of its page; one call upstream for each item."
    )
    async def labels(self, info: Info) -> delivery.PageLabels:
        """Return the labels of the item's page."""
        return await info.context.content.labels(self.id)

    @strawberry.pydantic.field(
        description="What its page needs to be shared; one call upstream for each item."
    )
    async def share(self, info: Info) -> ShareData:
        """Return the item's share data."""
        return await info.context.content.share(self.id)

    @strawberry.pydantic.field(
        description="How often it was read; one call upstream for each item."
    )
    async def visits(self, info: Info) -> delivery.ItemVisits:
        """Return the count of the item's readings."""
        return await info.context.content.visits(self.id)


class Found(Page[Item]):
    """A page of what was found, its items with their relations."""

    total: delivery.Total
    facets: delivery.Facets
    highlights: list[delivery.Highlight]


@strawberry.pydantic.type(description=topics.PublicTopic.__doc__)
class PublicTopic(topics.PublicTopic):
    """A topic with what is gathered under it."""

    @strawberry.pydantic.field(description="Its public items, newest first.")
    async def timeline(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Item]:
        """Return a page of the topic's items."""
        return connect(await info.context.content.timeline(self.id, first, after), after)

    @strawberry.pydantic.field(description="The site it stands on.")
    async def site(self, info: Info) -> Site:
        """Return the topic's site."""
        return await info.context.loaders.site.load(self.site_code)
