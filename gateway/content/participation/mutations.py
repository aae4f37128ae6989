"""What is decided about texts of participation."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.participation_texts import ParticipationText, TextAcceptance, TextDismissal

for plain in (TextAcceptance, TextDismissal):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

ParticipationTextOrProblem = Annotated[
    ParticipationText | Problem, strawberry.union("ParticipationTextOrProblem")
]


@strawberry.type
class ParticipationTextsMutation:
    """Settling what no column was found for."""

    @strawberry.mutation(
        description="Make a draft of a text, which goes through review like any text."
    )
    async def accept_participation_text(
        self, info: Info, id: UUID, version: int, input: TextAcceptance
    ) -> ParticipationTextOrProblem:
        """Accept a text."""
        return await info.context.content.accept_participation_text(id, input, version)

    @strawberry.mutation(description="Say why nothing is made of a text.")
    async def dismiss_participation_text(
        self, info: Info, id: UUID, version: int, input: TextDismissal
    ) -> ParticipationTextOrProblem:
        """Dismiss a text."""
        return await info.context.content.dismiss_participation_text(id, input, version)
