"""Subscriptions, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.partners.types import Delivery, Subscription
from gateway.upstream import Upstream
from shared.contracts import subscribing
from shared.contracts.page import Page
from shared.contracts.subscribing import OpenedSubscription


@dataclass(frozen=True)
class PartnersClient:
    """Subscriptions on behalf of one reader."""

    upstream: Upstream

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
