"""What clerks and units do to bring a letter to who answers it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.letters.mutations import HandledLetterOrProblem
from gateway.interaction.mailbox.sorting import types as _types
from gateway.problem import Problem
from shared.contracts.sorting import (
    CoHandling,
    NewCoHandling,
    NewCoHandlingOpinion,
    NewDispatch,
    NewGivingBack,
    NewTransfer,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

for plain, name in (
    (NewCoHandling, "CoHandlingInput"),
    (NewDispatch, "LetterDispatchInput"),
    (NewGivingBack, "LetterReturnInput"),
    (NewTransfer, "LetterTransferInput"),
    (NewCoHandlingOpinion, "CoHandlingOpinionInput"),
):
    strawberry.pydantic.input(plain, name=name, description=plain.__doc__)

CoHandlingOrProblem = Annotated[CoHandling | Problem, strawberry.union("CoHandlingOrProblem")]


@strawberry.type
class SortingMutation:
    """Dispatching letters, passing them on, and helping one another."""

    @strawberry.mutation(
        description="Give a letter to the unit that must answer it, and ask others to help."
    )
    async def dispatch_letter(
        self, info: Info, id: UUID, version: int, input: NewDispatch
    ) -> HandledLetterOrProblem:
        """Dispatch a letter."""
        return await info.context.interaction.dispatch_letter(id, input, version)

    @strawberry.mutation(
        description="Let a letter go on to another unit; its number and due date stay."
    )
    async def transfer_letter(
        self, info: Info, id: UUID, version: int, input: NewTransfer
    ) -> HandledLetterOrProblem:
        """Transfer a letter."""
        return await info.context.interaction.transfer_letter(id, input, version)

    @strawberry.mutation(
        description="Give a letter that is not the unit's back to the clerks of its site."
    )
    async def give_letter_back(
        self, info: Info, id: UUID, version: int, input: NewGivingBack
    ) -> HandledLetterOrProblem:
        """Give a letter back."""
        return await info.context.interaction.give_letter_back(id, input, version)

    @strawberry.mutation(
        description="Ask a unit to help; it sees the letter for as long as it is asked."
    )
    async def ask_for_co_handling(
        self, info: Info, letter_id: UUID, version: int, input: NewCoHandling
    ) -> CoHandlingOrProblem:
        """Ask for help."""
        return await info.context.interaction.ask_for_co_handling(letter_id, input, version)

    @strawberry.mutation(description="Say what one's own unit has to say to the one that answers.")
    async def give_co_handling_opinion(
        self, info: Info, id: UUID, version: int, input: NewCoHandlingOpinion
    ) -> CoHandlingOrProblem:
        """Give an opinion."""
        return await info.context.interaction.give_co_handling_opinion(id, input, version)

    @strawberry.mutation(description="Ask a unit no more; it stops seeing the letter.")
    async def withdraw_co_handling(
        self, info: Info, id: UUID, version: int
    ) -> CoHandlingOrProblem:
        """Withdraw a request."""
        return await info.context.interaction.withdraw_co_handling(id, version)
