"""What experts and media are asked for, and how it goes on."""

from typing import Annotated, Literal
from uuid import UUID

import strawberry

from gateway.content.supply.types import Commission
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import commissioning
from shared.contracts.commissioning import Expert

for plain in (
    commissioning.ExpertEntry,
    commissioning.NewExpert,
    commissioning.CommissionStep,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)


@strawberry.pydantic.input(description=commissioning.NewCommission.__doc__)
class NewCommissionInput(commissioning.NewCommission):
    """A commission, paid in the one currency there is."""

    currency: strawberry.Private[Literal["CNY"]] = "CNY"


ExpertOrProblem = Annotated[Expert | Problem, strawberry.union("ExpertOrProblem")]
CommissionOrProblem = Annotated[Commission | Problem, strawberry.union("CommissionOrProblem")]


@strawberry.type
class CommissioningMutation:
    """Keeping the registers of experts, and asking experts and media for work."""

    @strawberry.mutation(description="Enter an expert in an organization's register.")
    async def register_expert(self, info: Info, input: commissioning.NewExpert) -> ExpertOrProblem:
        """Register an expert."""
        return await info.context.content.register_expert(input)

    @strawberry.mutation(description="Put right what a register says of an expert.")
    async def change_expert(
        self, info: Info, id: UUID, version: int, input: commissioning.ExpertEntry
    ) -> ExpertOrProblem:
        """Change an expert's entry."""
        return await info.context.content.change_expert(id, input, version)

    @strawberry.mutation(description="Ask an expert or a medium for a piece of work.")
    async def give_commission(self, info: Info, input: NewCommissionInput) -> CommissionOrProblem:
        """Give a commission."""
        return await info.context.content.give_commission(input)

    @strawberry.mutation(description="Take a commission a step on, to its end or off the list.")
    async def move_commission(
        self, info: Info, id: UUID, version: int, input: commissioning.CommissionStep
    ) -> CommissionOrProblem:
        """Move a commission."""
        return await info.context.content.move_commission(id, input, version)
