"""What issuers order, and what sites do about it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.types import Directive, Obligation
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import directing

for plain in (directing.NewDirective, directing.ObligationAnswer):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

DirectiveOrProblem = Annotated[Directive | Problem, strawberry.union("DirectiveOrProblem")]
ObligationOrProblem = Annotated[Obligation | Problem, strawberry.union("ObligationOrProblem")]


@strawberry.type
class SyndicationMutation:
    """Ordering reposts and answering the orders."""

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
