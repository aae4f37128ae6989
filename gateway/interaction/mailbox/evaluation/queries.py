"""What can be asked of evaluations."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.evaluation import types as _types
from gateway.problem import find
from shared.contracts.evaluation import EvaluationInvitation, LetterEvaluation, ReadEvaluation
from shared.contracts.letters import Satisfaction

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class EvaluationQuery:
    """What writers said of answers."""

    @strawberry.field(description="What a link asks to be evaluated; looking uses nothing up.")
    async def evaluation_invitation(self, info: Info, token: str) -> EvaluationInvitation | None:
        """Return what a link asks to be evaluated."""
        return await find(info.context.interaction.evaluation_invitation(token))

    @strawberry.field(description="What a letter's writer said of each answer.")
    async def letter_evaluations(self, info: Info, letter_id: UUID) -> list[ReadEvaluation] | None:
        """Return what a letter's writer said of each answer."""
        return await find(info.context.interaction.letter_evaluations(letter_id))

    @strawberry.field(
        description="Evaluations of letters to one's sites or answered by one's units."
    )
    async def evaluations(
        self,
        info: Info,
        satisfaction: Satisfaction | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LetterEvaluation]:
        """Return a page of evaluations."""
        page = await info.context.interaction.evaluations(satisfaction, first, after)
        return connect(page, after)
