"""What a writer can ask."""

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.interaction.mailbox.following.types import LetterStatus
from gateway.problem import find


@strawberry.type
class FollowingQuery:
    """One's own letter by its code."""

    @strawberry.field(
        description="One's own letter; a wrong code and an unknown number are the same nothing."
    )
    async def letter(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> LetterStatus | None:
        """Return a letter's status to whoever has its query code."""
        return await find(info.context.interaction.letter(number, query_code, proof))
