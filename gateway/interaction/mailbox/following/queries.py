"""What a writer can ask."""

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.following import types as _types
from gateway.problem import find
from shared.contracts.opened_letters import LetterStatus

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class FollowingQuery:
    """One's own letter by its code."""

    @strawberry.field(
        description="One's own letter; a wrong code and an unknown number are the same nothing."
    )
    async def letter(self, info: Info, number: str, query_code: str) -> LetterStatus | None:
        """Return a letter's status to whoever has its query code."""
        return await find(info.context.interaction.letter(number, query_code))
