"""Directives and obligations as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import syndication

LaterObligation = Annotated["Obligation", strawberry.lazy("gateway.content.syndication.types")]


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
