"""What a writer does about a letter: one call upstream each; a refusal comes back as a Problem."""

from typing import Annotated

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.interaction.mailbox.following import types as _types
from gateway.interaction.mailbox.following.types import LetterStatus
from gateway.problem import Problem
from shared.contracts.writing import Consent

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

strawberry.pydantic.input(Consent, name="ConsentInput", description=Consent.__doc__)

StatusOrProblem = Annotated[LetterStatus | Problem, strawberry.union("LetterStatusOrProblem")]


@strawberry.type
class FollowingMutation:
    """One's own letter by its code."""

    @strawberry.mutation(
        description="Give or withdraw consent to publication, as long as nothing is published."
    )
    async def change_consent(
        self, info: Info, number: str, query_code: str, input: Consent, proof: Proof = None
    ) -> StatusOrProblem:
        """Change one's mind about publication."""
        return await info.context.interaction.change_consent(number, query_code, proof, input)
