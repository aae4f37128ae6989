"""What units send to sites, and what sites make of it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.supply.types import Contribution
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import supply

for plain in (
    supply.ContributionText,
    supply.NewContribution,
    supply.Adoption,
    supply.Because,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

ContributionOrProblem = Annotated[
    Contribution | Problem, strawberry.union("ContributionOrProblem")
]


@strawberry.type
class ContributingMutation:
    """Sending texts to sites, and adopting or returning them."""

    @strawberry.mutation(description="Send a text to the unit's own site or to one above it.")
    async def submit_contribution(
        self, info: Info, input: supply.NewContribution
    ) -> ContributionOrProblem:
        """Submit a contribution."""
        return await info.context.content.submit_contribution(input)

    @strawberry.mutation(description="Send a text again, put right.")
    async def revise_contribution(
        self, info: Info, id: UUID, version: int, input: supply.ContributionText
    ) -> ContributionOrProblem:
        """Revise a contribution."""
        return await info.context.content.revise_contribution(id, input, version)

    @strawberry.mutation(description="Make a contribution the first text of an item.")
    async def adopt_contribution(
        self, info: Info, id: UUID, version: int, input: supply.Adoption
    ) -> ContributionOrProblem:
        """Adopt a contribution."""
        return await info.context.content.adopt_contribution(id, input, version)

    @strawberry.mutation(description="Send a contribution back to be put right.")
    async def return_contribution(
        self, info: Info, id: UUID, version: int, input: supply.Because
    ) -> ContributionOrProblem:
        """Return a contribution."""
        return await info.context.content.return_contribution(id, input, version)

    @strawberry.mutation(description="Take back a contribution the site has not decided about.")
    async def withdraw_contribution(
        self, info: Info, id: UUID, version: int
    ) -> ContributionOrProblem:
        """Withdraw a contribution."""
        return await info.context.content.withdraw_contribution(id, version)

    @strawberry.mutation(description="Refuse a contribution for good, and say why.")
    async def decline_contribution(
        self, info: Info, id: UUID, version: int, input: supply.Because
    ) -> ContributionOrProblem:
        """Decline a contribution."""
        return await info.context.content.decline_contribution(id, input, version)
