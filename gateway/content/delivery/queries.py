"""What everybody may ask of content."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, PageInfo, connect
from gateway.content.delivery.filters import Filter, SearchOrder
from gateway.content.delivery.pages import LabelsToCheckInput
from gateway.content.delivery.types import Column, Found, Item, PublicTopic, Site
from gateway.context import Info
from gateway.problem import Problem, find
from shared.contracts.columns import ColumnKindView
from shared.contracts.content import ItemKind
from shared.contracts.delivery import (
    CatalogueCounts,
    CatalogueEntry,
    Facets,
    Highlight,
    LabelsReport,
    Total,
)
from shared.contracts.validity import PolicyInForce

LabelsReportOrProblem = Annotated[
    LabelsReport | Problem, strawberry.union("LabelsReportOrProblem")
]


@strawberry.type(description="An item found, why, and its place.")
class SearchEdge:
    """An item found."""

    node: Item
    cursor: str
    highlight: Highlight


@strawberry.type(description="Some of the items found, and what was found altogether.")
class SearchConnection:
    """Some of the items found."""

    edges: list[SearchEdge]
    nodes: list[Item]
    page_info: PageInfo
    total: Total
    facets: Facets


def told(found: Found, after: str | None) -> SearchConnection:
    """Return what was found as a connection."""
    plain = connect(found, after)
    edges = [
        SearchEdge(node=edge.node, cursor=edge.cursor, highlight=highlight)
        for edge, highlight in zip(plain.edges, found.highlights, strict=True)
    ]
    return SearchConnection(
        edges=edges,
        nodes=plain.nodes,
        page_info=plain.page_info,
        total=found.total,
        facets=found.facets,
    )


@strawberry.type
class DeliveryQuery:
    """Sites, columns, items and topics, as they stand in public."""

    @strawberry.field(description="One site.")
    async def site(self, info: Info, code: SiteCode) -> Site | None:
        """Return a site, if there is one of that code."""
        return await find(info.context.content.site(code))

    @strawberry.field(description="The sites of the group, by code.")
    async def sites(self, info: Info, first: First = 20, after: After = None) -> Connection[Site]:
        """Return a page of sites."""
        return connect(await info.context.content.sites(first, after), after)

    @strawberry.field(description="One column; of a merged one, the column it went into.")
    async def column(self, info: Info, id: UUID) -> Column | None:
        """Return a column, if there is one of that id."""
        return await find(info.context.content.column(id))

    @strawberry.field(description="One public item.")
    async def item(self, info: Info, id: UUID) -> Item | None:
        """Return an item, if it is public."""
        return await find(info.context.content.item(id))

    @strawberry.field(description="Public items, newest first.")
    async def items(  # a filter each
        self,
        info: Info,
        site_code: SiteCode | None = None,
        column_id: UUID | None = None,
        kind: ItemKind | None = None,
        first: First = 20,
        after: After = None,
        filter: Filter = None,
    ) -> Connection[Item]:
        """Return a page of items."""
        page = await info.context.content.items(
            first, after, site_code=site_code, column_id=column_id, kind=kind, wanted=filter
        )
        return connect(page, after)

    @strawberry.field(
        description="Public items that hold every word, or bear the document number, newest first"
        " unless asked otherwise."
    )
    async def search(  # noqa: PLR0913, PLR0917  # a filter each
        self,
        info: Info,
        text: str,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
        column_id: UUID | None = None,
        kind: ItemKind | None = None,
        filter: Filter = None,
        order: SearchOrder = SearchOrder.NEWEST,
    ) -> SearchConnection:
        """Return a page of found items."""
        found = await info.context.content.search(
            text,
            order,
            first,
            after,
            site_code=site_code,
            column_id=column_id,
            kind=kind,
            wanted=filter,
        )
        return told(found, after)

    @strawberry.field(description="A site's disclosure catalogue (信息公开目录), newest first.")
    async def catalogue(
        self,
        info: Info,
        site_code: SiteCode,
        kind: ItemKind | None = None,
        filter: Filter = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[CatalogueEntry] | None:
        """Return a page of the catalogue, if there is such a site."""
        page = await find(info.context.content.catalogue(site_code, first, after, kind, filter))
        return None if page is None else connect(page, after)

    @strawberry.field(description="How a site's catalogue falls into subjects and genres.")
    async def catalogue_counts(
        self,
        info: Info,
        site_code: SiteCode,
        kind: ItemKind | None = None,
        filter: Filter = None,
    ) -> CatalogueCounts | None:
        """Return the counts of the catalogue, if there is such a site."""
        return await find(info.context.content.catalogue_counts(site_code, kind, filter))

    @strawberry.field(description="The kinds of columns: rhythm, label, and what belongs in them.")
    async def column_kinds(self, info: Info) -> list[ColumnKindView]:
        """Return the kinds of columns."""
        return await info.context.content.column_kinds()

    @strawberry.field(
        description="What is wrong with a page's labels (网页标签); nothing is kept of the page."
    )
    async def check_labels(self, info: Info, input: LabelsToCheckInput) -> LabelsReportOrProblem:
        """Check a page's labels."""
        return await info.context.content.check_labels(input)

    @strawberry.field(description="The policies in force on a day, today unless one is named.")
    async def policies_in_force(
        self,
        info: Info,
        on: date | None = None,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PolicyInForce]:
        """Return a page of policies."""
        page = await info.context.content.policies_in_force(on, site_code, first, after)
        return connect(page, after)

    @strawberry.field(description="One topic that has public items.")
    async def topic(self, info: Info, id: UUID) -> PublicTopic | None:
        """Return a topic, if the public may follow it."""
        return await find(info.context.content.topic(id))

    @strawberry.field(description="The topics that have public items, newest first.")
    async def topics(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PublicTopic]:
        """Return a page of topics."""
        return connect(await info.context.content.topics(site_code, first, after), after)
