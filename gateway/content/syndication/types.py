"""Directives and obligations as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import receipts, subscribing, syndication

for plain in (
    syndication.OpenedSubscription,
    subscribing.Attempt,
    subscribing.Replay,
    receipts.Claim,
    receipts.TextDifference,
    receipts.PageMarks,
    receipts.PageReading,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)

LaterDelivery = Annotated["Delivery", strawberry.lazy("gateway.content.syndication.types")]
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

    @strawberry.pydantic.field(description="What readings of its page found, newest first.")
    async def readings(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[receipts.PageReading]:
        """Return a page of the evidence."""
        return connect(await info.context.content.page_readings(self.id, first, after), after)


@strawberry.pydantic.type(description=syndication.Delivery.__doc__)
class Delivery(syndication.Delivery):
    """A message with the attempts to deliver it."""

    @strawberry.pydantic.field(description="The attempts to deliver it, latest first.")
    async def log(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[subscribing.Attempt]:
        """Return a page of the attempts."""
        content = info.context.content
        page = await content.attempts(self.subscription_id, self.id, first, after)
        return connect(page, after)


@strawberry.pydantic.type(description=syndication.Subscription.__doc__)
class Subscription(syndication.Subscription):
    """A subscription with what was sent to it."""

    @strawberry.pydantic.field(description="Its messages and how each went, newest first.")
    async def deliveries(
        self,
        info: Info,
        state: subscribing.DeliveryState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LaterDelivery]:
        """Return a page of the subscription's messages."""
        return connect(await info.context.content.deliveries(self.id, state, first, after), after)
