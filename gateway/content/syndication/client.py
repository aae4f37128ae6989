"""Directives, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.types import Delivery, Directive, Obligation, Subscription
from gateway.upstream import Upstream
from shared.contracts import directing, receipts, subscribing, syndication
from shared.contracts.page import Page
from shared.contracts.syndication import OpenedSubscription


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

    async def claim_repost(
        self, obligation_id: UUID, claim: receipts.NewClaim, version: int
    ) -> Obligation:
        """Say where a repost stands."""
        path = f"/v1/obligations/{obligation_id}/claim"
        return await self.upstream.post(Obligation, path, claim, version=version)

    async def page_readings(
        self, obligation_id: UUID, first: int, after: str | None
    ) -> Page[receipts.PageReading]:
        """Return a page of the readings of a repost."""
        path = f"/v1/obligations/{obligation_id}/readings"
        return await self.upstream.get(Page[receipts.PageReading], path, first=first, after=after)

    async def subscription(self, subscription_id: UUID) -> Subscription:
        """Return a subscription."""
        return await self.upstream.get(Subscription, f"/v1/subscriptions/{subscription_id}")

    async def subscriptions(self, first: int, after: str | None) -> Page[Subscription]:
        """Return a page of the reader's subscriptions."""
        return await self.upstream.get(
            Page[Subscription], "/v1/subscriptions", first=first, after=after
        )

    async def subscribe(self, new: subscribing.NewSubscription) -> OpenedSubscription:
        """Be told of changes at an address of one's own."""
        return await self.upstream.post(OpenedSubscription, "/v1/subscriptions", new)

    async def change_subscription(
        self, subscription_id: UUID, new: subscribing.NewSubscription, version: int
    ) -> Subscription:
        """Be told elsewhere, of other things, or otherwise."""
        path = f"/v1/subscriptions/{subscription_id}"
        return await self.upstream.post(Subscription, path, new, version=version, method="PUT")

    async def end_subscription(self, subscription_id: UUID, version: int) -> Subscription:
        """Be told nothing more."""
        path = f"/v1/subscriptions/{subscription_id}"
        return await self.upstream.post(Subscription, path, version=version, method="DELETE")

    async def pause_subscription(self, subscription_id: UUID, version: int) -> Subscription:
        """Let messages wait."""
        path = f"/v1/subscriptions/{subscription_id}/pause"
        return await self.upstream.post(Subscription, path, version=version)

    async def resume_subscription(self, subscription_id: UUID, version: int) -> Subscription:
        """Be sent messages again."""
        path = f"/v1/subscriptions/{subscription_id}/resumption"
        return await self.upstream.post(Subscription, path, version=version)

    async def rotate_secret(
        self, subscription_id: UUID, new: subscribing.NewSecret, version: int
    ) -> OpenedSubscription:
        """Get a new secret."""
        path = f"/v1/subscriptions/{subscription_id}/secret"
        return await self.upstream.post(OpenedSubscription, path, new, version=version)

    async def send_test(self, subscription_id: UUID) -> Delivery:
        """Be sent a ping."""
        return await self.upstream.post(Delivery, f"/v1/subscriptions/{subscription_id}/test")

    async def replay(
        self, subscription_id: UUID, asked: subscribing.NewReplay
    ) -> subscribing.Replay:
        """Be sent messages once more."""
        path = f"/v1/subscriptions/{subscription_id}/replay"
        return await self.upstream.post(subscribing.Replay, path, asked)

    async def deliveries(
        self,
        subscription_id: UUID,
        state: subscribing.DeliveryState | None,
        first: int,
        after: str | None,
    ) -> Page[Delivery]:
        """Return a page of a subscription's messages."""
        path = f"/v1/subscriptions/{subscription_id}/deliveries"
        return await self.upstream.get(Page[Delivery], path, state=state, first=first, after=after)

    async def attempts(
        self, subscription_id: UUID, delivery_id: UUID, first: int, after: str | None
    ) -> Page[subscribing.Attempt]:
        """Return a page of the attempts to deliver a message."""
        path = f"/v1/subscriptions/{subscription_id}/deliveries/{delivery_id}/attempts"
        return await self.upstream.get(Page[subscribing.Attempt], path, first=first, after=after)
