"""Directives and obligations as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import binding, declining, directives, receipts

for plain in (
    *(receipts.Claim, receipts.TextDifference, receipts.PageMarks, receipts.PageReading),
    *(binding.DeadlinePolicy, binding.BoundSite, binding.DirectivePreview, declining.Decline),
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
strawberry.pydantic.type(binding.Scope, name="DirectiveScope", description=binding.Scope.__doc__)

LaterObligation = Annotated[
    "Obligation", strawberry.lazy("gateway.content.syndication.directives.types")
]


@strawberry.pydantic.type(description=directives.Directive.__doc__)
class Directive(directives.Directive):
    """A directive and what the sites did about it."""

    @strawberry.pydantic.field(description="What each site did about it.")
    async def obligations(
        self,
        info: Info,
        state: directives.ObligationState | None = None,
        due: directives.Due | None = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[LaterObligation]:
        """Return a page of the directive's coverage."""
        page = await info.context.content.coverage(self.id, state, due, first, after)
        return connect(page, after)


@strawberry.pydantic.type(description=directives.Obligation.__doc__)
class Obligation(directives.Obligation):
    """What one site owes."""

    @strawberry.pydantic.field(description="The site that owes it.")
    async def site(self, info: Info) -> Site:
        """Return the obliged site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="All its declines and their rulings, newest first.")
    async def declines(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[declining.Decline]:
        """Return a page of what was declined and ruled."""
        return connect(await info.context.content.declines(self.id, first, after), after)

    @strawberry.pydantic.field(description="What readings of its page found, newest first.")
    async def readings(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[receipts.PageReading]:
        """Return a page of the evidence."""
        return connect(await info.context.content.page_readings(self.id, first, after), after)
