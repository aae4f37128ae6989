"""What citizens and clerks do: one call upstream each; a refusal comes back as a Problem."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.interaction.mailbox.intake import types as _types
from gateway.problem import Problem
from shared.contracts.letters import Letter, LetterReceipt
from shared.contracts.writing import LetterOnBehalf, NewLetter, RepresentedWriter, Writer

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

for plain in (Writer, NewLetter, RepresentedWriter, LetterOnBehalf):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

LetterOrProblem = Annotated[LetterReceipt | Problem, strawberry.union("LetterOrProblem")]
ClearedLetterOrProblem = Annotated[Letter | Problem, strawberry.union("ClearedLetterOrProblem")]


@strawberry.type
class IntakeMutation:
    """Writing to the mailbox."""

    @strawberry.mutation(
        description="Write to a site's mailbox; number and query code open the letter's status."
    )
    async def submit_letter(
        self, info: Info, input: NewLetter, proof: Proof = None
    ) -> LetterOrProblem:
        """Send a letter."""
        return await info.context.interaction.submit_letter(input, proof)

    @strawberry.mutation(
        description="Enter a citizen's call, paper letter or visit; hand them number and code."
    )
    async def enter_letter(self, info: Info, input: LetterOnBehalf) -> LetterOrProblem:
        """Write on a citizen's behalf."""
        return await info.context.interaction.enter_letter(input)

    @strawberry.mutation(description="Let a held letter count as received.")
    async def clear_letter(self, info: Info, id: UUID, version: int) -> ClearedLetterOrProblem:
        """Clear a held letter."""
        return await info.context.interaction.clear_letter(id, version)
