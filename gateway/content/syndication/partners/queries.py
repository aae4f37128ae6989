"""What subscribers may ask."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.partners.types import Subscription
from gateway.context import Info
from gateway.problem import find


@strawberry.type
class PartnersQuery:
    """Who is told of changes."""

    @strawberry.field(description="A subscription of the reader's own organization.")
    async def subscription(self, info: Info, id: UUID) -> Subscription | None:
        """Return a subscription, if it is the reader's."""
        return await find(info.context.content.subscription(id))

    @strawberry.field(description="The subscriptions of the reader's organization, newest first.")
    async def subscriptions(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Subscription]:
        """Return a page of subscriptions."""
        return connect(await info.context.content.subscriptions(first, after), after)
