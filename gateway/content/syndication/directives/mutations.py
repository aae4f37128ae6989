"""What issuers order, and what sites do about it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.directives.types import Directive, Obligation
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import declining, directives, receipts

for plain in (directives.ObligationAnswer, declining.DeclineDecision, receipts.NewClaim):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

DirectiveOrProblem = Annotated[Directive | Problem, strawberry.union("DirectiveOrProblem")]
ObligationOrProblem = Annotated[Obligation | Problem, strawberry.union("ObligationOrProblem")]


@strawberry.type
class DirectivesMutation:
    """Ordering reposts, and answering the orders."""

    @strawberry.mutation(description="Order sites to repost a public item.")
    async def issue_directive(
        self, info: Info, input: directives.NewDirective
    ) -> DirectiveOrProblem:
        """Issue a directive."""
        return await info.context.content.issue_directive(input)

    @strawberry.mutation(description="Repost an item on a site, or decline with a reason.")
    async def respond_to_directive(
        self, info: Info, obligation_id: UUID, version: int, input: directives.ObligationAnswer
    ) -> ObligationOrProblem:
        """Answer an obligation."""
        return await info.context.content.respond_to_directive(obligation_id, input, version)

    @strawberry.mutation(
        description="Accept a site's decline, or reject it: then it owes the repost again."
    )
    async def rule_on_decline(
        self, info: Info, obligation_id: UUID, version: int, input: declining.DeclineDecision
    ) -> ObligationOrProblem:
        """Rule on a decline."""
        return await info.context.content.rule_on_decline(obligation_id, input, version)

    @strawberry.mutation(
        description="Say where a repost stands: a page of the site's own domain, then read."
    )
    async def claim_repost(
        self, info: Info, obligation_id: UUID, version: int, input: receipts.NewClaim
    ) -> ObligationOrProblem:
        """Claim a repost."""
        return await info.context.content.claim_repost(obligation_id, input, version)
