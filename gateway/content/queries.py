"""What can be asked of content."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.types import Column, Draft, Item, Obligation, Site
from gateway.context import Info
from gateway.problem import find
from shared.contracts import content, syndication
from shared.contracts.staff import Viewer

SiteCode = Annotated[str, strawberry.argument(description="网站标识码, ten characters.")]


@strawberry.type
class ContentQuery:
    """Sites, columns, items and what is being worked on."""

    @strawberry.field(description="One site.")
    async def site(self, info: Info, code: SiteCode) -> Site | None:
        """Return a site, if there is one of that code."""
        return await find(info.context.content.site(code))

    @strawberry.field(description="The sites of the group, by code.")
    async def sites(self, info: Info, first: First = 20, after: After = None) -> Connection[Site]:
        """Return a page of sites."""
        return connect(await info.context.content.sites(first, after), after)

    @strawberry.field(description="One column.")
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
        kind: content.ItemKind | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Item]:
        """Return a page of items."""
        page = await info.context.content.items(
            first, after, site_code=site_code, column_id=column_id, kind=kind
        )
        return connect(page, after)

    @strawberry.field(
        description="Public items that hold every word, or bear the document number, newest first."
    )
    async def search(
        self,
        info: Info,
        text: str,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Item]:
        """Return a page of found items."""
        return connect(await info.context.content.search(text, site_code, first, after), after)

    @strawberry.field(description="An item as its editors and reviewers see it.")
    async def draft(self, info: Info, id: UUID) -> Draft | None:
        """Return a draft, if the reader's posts reach it."""
        return await find(info.context.content.draft(id))

    @strawberry.field(description="What the sites the reader reposts for owe, newest first.")
    async def obligations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: syndication.ObligationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Obligation]:
        """Return a page of obligations."""
        page = await info.context.content.obligations(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="Who the reader is and what they may do.")
    async def viewer(self, info: Info) -> Viewer:
        """Return the bearer of the token."""
        return await info.context.content.viewer()
