"""What issuers order, and what sites do about it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.types import Directive, Obligation
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import directing, subscribing
from shared.contracts.syndication import OpenedSubscription

for plain in (directing.NewDirective, directing.ObligationAnswer, subscribing.NewSubscription):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

DirectiveOrProblem = Annotated[Directive | Problem, strawberry.union("DirectiveOrProblem")]
ObligationOrProblem = Annotated[Obligation | Problem, strawberry.union("ObligationOrProblem")]

SubscriptionOrProblem = Annotated[
    OpenedSubscription | Problem, strawberry.union("SubscriptionOrProblem")
]


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
        description="Be told of changes at an address of one's own; the secret is shown this once."
    )
    async def subscribe(
        self, info: Info, input: subscribing.NewSubscription
    ) -> SubscriptionOrProblem:
        """Open a subscription."""
        return await info.context.content.subscribe(input)
