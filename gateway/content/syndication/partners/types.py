"""Subscriptions and their messages as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import subscribing

for plain in (subscribing.OpenedSubscription, subscribing.Attempt, subscribing.Replay):
    strawberry.pydantic.type(plain, description=plain.__doc__)

LaterDelivery = Annotated[
    "Delivery", strawberry.lazy("gateway.content.syndication.partners.types")
]


@strawberry.pydantic.type(description=subscribing.Delivery.__doc__)
class Delivery(subscribing.Delivery):
    """A message with the attempts to deliver it."""

    @strawberry.pydantic.field(description="The attempts to deliver it, latest first.")
    async def log(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[subscribing.Attempt]:
        """Return a page of the attempts."""
        content = info.context.content
        page = await content.attempts(self.subscription_id, self.id, first, after)
        return connect(page, after)


@strawberry.pydantic.type(description=subscribing.Subscription.__doc__)
class Subscription(subscribing.Subscription):
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
