"""What those who order reposts, sites that repost, and subscribers may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.types import Directive, Obligation, Subscription
from gateway.context import Info
from gateway.problem import find
from shared.contracts import syndication


@strawberry.type
class SyndicationQuery:
    """Directives, what sites owe under them, and who is told of changes."""

    @strawberry.field(description="One directive, to those who may issue in its issuer's name.")
    async def directive(self, info: Info, id: UUID) -> Directive | None:
        """Return a directive, if the reader's posts reach it."""
        return await find(info.context.content.directive(id))

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
