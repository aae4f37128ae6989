"""What sites ask units for, and what becomes of it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.supply.types import SupplyTask
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import supply

for plain in (supply.NewSupplyTask, supply.Fulfilment):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

SupplyTaskOrProblem = Annotated[SupplyTask | Problem, strawberry.union("SupplyTaskOrProblem")]


@strawberry.type
class AskingMutation:
    """Asking units for texts, and settling what they owe."""

    @strawberry.mutation(description="Ask a unit for a text by a day, once or again and again.")
    async def ask_for_supply(self, info: Info, input: supply.NewSupplyTask) -> SupplyTaskOrProblem:
        """Ask for supply."""
        return await info.context.content.ask_for_supply(input)

    @strawberry.mutation(description="Say which item is what was owed.")
    async def fulfil_supply_task(
        self, info: Info, id: UUID, version: int, input: supply.Fulfilment
    ) -> SupplyTaskOrProblem:
        """Fulfil what is owed."""
        return await info.context.content.fulfil_supply_task(id, input, version)

    @strawberry.mutation(description="Send what was asked for back undone, and say why.")
    async def return_supply_task(
        self, info: Info, id: UUID, version: int, input: supply.Because
    ) -> SupplyTaskOrProblem:
        """Return what is owed."""
        return await info.context.content.return_supply_task(id, input, version)

    @strawberry.mutation(description="Ask for something no longer, and say why.")
    async def cancel_supply_task(
        self, info: Info, id: UUID, version: int, input: supply.Because
    ) -> SupplyTaskOrProblem:
        """Cancel what is owed."""
        return await info.context.content.cancel_supply_task(id, input, version)
