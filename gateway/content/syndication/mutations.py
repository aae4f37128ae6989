"""What issuers order, and what sites do about it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.types import Delivery, Directive, Obligation, Subscription
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import directing, receipts, subscribing
from shared.contracts.syndication import OpenedSubscription

for plain in (
    directing.NewDirective,
    directing.ObligationAnswer,
    subscribing.NewSubscription,
    subscribing.NewSecret,
    subscribing.NewReplay,
    receipts.NewClaim,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

DirectiveOrProblem = Annotated[Directive | Problem, strawberry.union("DirectiveOrProblem")]
ObligationOrProblem = Annotated[Obligation | Problem, strawberry.union("ObligationOrProblem")]

SubscriptionOrProblem = Annotated[
    OpenedSubscription | Problem, strawberry.union("SubscriptionOrProblem")
]
ChangedSubscriptionOrProblem = Annotated[
    Subscription | Problem, strawberry.union("ChangedSubscriptionOrProblem")
]
DeliveryOrProblem = Annotated[Delivery | Problem, strawberry.union("DeliveryOrProblem")]
ReplayOrProblem = Annotated[subscribing.Replay | Problem, strawberry.union("ReplayOrProblem")]


@strawberry.type
class SyndicationMutation:
    """Ordering reposts, answering the orders, and subscribing."""

    @strawberry.mutation(description="Order sites to repost a public item.")
    async def issue_directive(
        self, info: Info, input: directing.NewDirective
    ) -> DirectiveOrProblem:
        """Issue a directive."""
        return await info.context.content.issue_directive(input)

    @strawberry.mutation(description="Repost an item on a site, or decline with a reason.")
    async def respond_to_directive(
        self, info: Info, obligation_id: UUID, version: int, input: directing.ObligationAnswer
    ) -> ObligationOrProblem:
        """Answer an obligation."""
        return await info.context.content.respond_to_directive(obligation_id, input, version)

    @strawberry.mutation(
        description="Say where a repost stands: a page of the site's own domain, then read."
    )
    async def claim_repost(
        self, info: Info, obligation_id: UUID, version: int, input: receipts.NewClaim
    ) -> ObligationOrProblem:
        """Claim a repost."""
        return await info.context.content.claim_repost(obligation_id, input, version)

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
