"""What partners do about being told."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.partners.types import Delivery, Subscription
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import subscribing
from shared.contracts.subscribing import OpenedSubscription

for plain in (subscribing.NewSubscription, subscribing.NewSecret, subscribing.NewReplay):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

SubscriptionOrProblem = Annotated[
    OpenedSubscription | Problem, strawberry.union("SubscriptionOrProblem")
]
ChangedSubscriptionOrProblem = Annotated[
    Subscription | Problem, strawberry.union("ChangedSubscriptionOrProblem")
]
DeliveryOrProblem = Annotated[Delivery | Problem, strawberry.union("DeliveryOrProblem")]
ReplayOrProblem = Annotated[subscribing.Replay | Problem, strawberry.union("ReplayOrProblem")]


@strawberry.type
class PartnersMutation:
    """Subscribing to changes."""

    @strawberry.mutation(
        description="Be told of changes at an address of one's own; the secret is shown this once."
    )
    async def subscribe(
        self, info: Info, input: subscribing.NewSubscription
    ) -> SubscriptionOrProblem:
        """Open a subscription."""
        return await info.context.content.subscribe(input)

    @strawberry.mutation(
        description="Be told elsewhere, of other things, or otherwise; what waits goes there too."
    )
    async def change_subscription(
        self, info: Info, id: UUID, version: int, input: subscribing.NewSubscription
    ) -> ChangedSubscriptionOrProblem:
        """Change a subscription."""
        return await info.context.content.change_subscription(id, input, version)

    @strawberry.mutation(description="Be told nothing more; what waits is given up.")
    async def end_subscription(
        self, info: Info, id: UUID, version: int
    ) -> ChangedSubscriptionOrProblem:
        """End a subscription."""
        return await info.context.content.end_subscription(id, version)

    @strawberry.mutation(description="Let messages wait until the subscription is resumed.")
    async def pause_subscription(
        self, info: Info, id: UUID, version: int
    ) -> ChangedSubscriptionOrProblem:
        """Pause a subscription."""
        return await info.context.content.pause_subscription(id, version)

    @strawberry.mutation(
        description="Be sent messages again, after a pause or after the subscription was disabled."
    )
    async def resume_subscription(
        self, info: Info, id: UUID, version: int
    ) -> ChangedSubscriptionOrProblem:
        """Resume a subscription."""
        return await info.context.content.resume_subscription(id, version)

    @strawberry.mutation(
        description="Get a new secret, shown this once; both signatures are sent for a while."
    )
    async def rotate_subscription_secret(
        self, info: Info, id: UUID, version: int, input: subscribing.NewSecret
    ) -> SubscriptionOrProblem:
        """Rotate a subscription's secret."""
        return await info.context.content.rotate_secret(id, input, version)

    @strawberry.mutation(description="Be sent a message of the type `ping`, as any other is sent.")
    async def test_subscription(self, info: Info, id: UUID) -> DeliveryOrProblem:
        """Send a ping."""
        return await info.context.content.send_test(id)

    @strawberry.mutation(
        description="Be sent messages once more, and every later one about their items after them."
    )
    async def replay_deliveries(
        self, info: Info, id: UUID, input: subscribing.NewReplay
    ) -> ReplayOrProblem:
        """Replay messages."""
        return await info.context.content.replay(id, input)
