"""What clerks ask about letters on their way in."""

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.intake import types as _types
from shared.contracts.held_letters import HeldLetter

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class IntakeQuery:
    """Letters that are held."""

    @strawberry.field(
        description="Letters that wait for a clerk to look at them, the longest held first."
    )
    async def held_letters(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[HeldLetter]:
        """Return a page of held letters with the rules that hold them."""
        return connect(await info.context.interaction.held_letters(first, after), after)
