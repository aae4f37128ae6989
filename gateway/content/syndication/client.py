"""Directives, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.types import Directive, Obligation, Subscription
from gateway.upstream import Upstream
from shared.contracts import directing, subscribing, syndication
from shared.contracts.page import Page


@dataclass(frozen=True)
class SyndicationClient:
    """Directives and obligations on behalf of one reader."""

    upstream: Upstream

    async def issue_directive(self, new: directing.NewDirective) -> Directive:
        """Order sites to repost an item."""
        return await self.upstream.post(Directive, "/v1/directives", new)

    async def directive(self, directive_id: UUID) -> Directive:
        """Return an order to repost an item."""
        return await self.upstream.get(Directive, f"/v1/directives/{directive_id}")

    async def coverage(
        self, directive_id: UUID, first: int, after: str | None
    ) -> Page[Obligation]:
        """Return a page of what the sites did about a directive."""
        path = f"/v1/directives/{directive_id}/obligations"
        return await self.upstream.get(Page[Obligation], path, first=first, after=after)

    async def obligations(
        self,
        site_code: str | None,
        state: syndication.ObligationState | None,
        first: int,
        after: str | None,
    ) -> Page[Obligation]:
        """Return a page of what the reader's sites owe."""
        return await self.upstream.get(
            Page[Obligation],
            "/v1/obligations",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def respond_to_directive(
        self, obligation_id: UUID, answer: directing.ObligationAnswer, version: int
    ) -> Obligation:
        """Repost an item on a site, or decline with a reason."""
        path = f"/v1/obligations/{obligation_id}/answer"
        return await self.upstream.post(Obligation, path, answer, version=version)

    async def subscription(self, subscription_id: UUID) -> Subscription:
        """Return a subscription."""
        return await self.upstream.get(Subscription, f"/v1/subscriptions/{subscription_id}")

    async def subscribe(self, new: subscribing.NewSubscription) -> syndication.OpenedSubscription:
        """Be told of changes at an address of one's own."""
        return await self.upstream.post(syndication.OpenedSubscription, "/v1/subscriptions", new)

    async def deliveries(
        self, subscription_id: UUID, first: int, after: str | None
    ) -> Page[syndication.Delivery]:
        """Return a page of a subscription's messages."""
        path = f"/v1/subscriptions/{subscription_id}/deliveries"
        return await self.upstream.get(Page[syndication.Delivery], path, first=first, after=after)
