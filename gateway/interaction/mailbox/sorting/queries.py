"""What can be asked of where letters go."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.sorting import types as _types
from gateway.problem import find
from shared.contracts.sorting import LetterMove, OpenedCoHandling

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class SortingQuery:
    """The way of letters, and who helps with them."""

    @strawberry.field(description="A letter's way through the units, the latest first.")
    async def letter_moves(
        self, info: Info, letter_id: UUID, first: First = 20, after: After = None
    ) -> Connection[LetterMove] | None:
        """Return a page of moves."""
        page = await find(info.context.interaction.letter_moves(letter_id, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(
        description="What units were asked about a letter and what they said, the latest first."
    )
    async def co_handlings(
        self, info: Info, letter_id: UUID, first: First = 20, after: After = None
    ) -> Connection[OpenedCoHandling] | None:
        """Return a page of co-handlings."""
        page = await find(info.context.interaction.co_handlings(letter_id, first, after))
        return None if page is None else connect(page, after)
