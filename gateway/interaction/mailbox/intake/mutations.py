"""What citizens do: one call upstream each; a refusal comes back as a Problem."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.intake import types as _types
from gateway.problem import Problem
from shared.contracts.letters import LetterReceipt
from shared.contracts.writing import NewLetter, Writer

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

for plain in (Writer, NewLetter):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

LetterOrProblem = Annotated[LetterReceipt | Problem, strawberry.union("LetterOrProblem")]


@strawberry.type
class IntakeMutation:
    """Writing to the mailbox."""

    @strawberry.mutation(
        description="Write to a site's mailbox; number and query code open the letter's status."
    )
    async def submit_letter(self, info: Info, input: NewLetter) -> LetterOrProblem:
        """Send a letter."""
        return await info.context.interaction.submit_letter(input)
