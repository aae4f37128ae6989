"""What can be asked of what is held; whatever shows a writer is noted."""

from uuid import UUID

import strawberry

from gateway.arguments import Proof
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.privacy import types as _types
from gateway.problem import find
from shared.contracts.privacy import (
    ErasureRequest,
    ErasureState,
    LetterAccess,
    LetterRecord,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class PrivacyQuery:
    """What is held of writers, who saw it, and requests to erase it."""

    @strawberry.field(description="All that is held of one's own letter, by its code.")
    async def own_letter_export(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> LetterRecord | None:
        """Return all that is held of a letter to whoever has its query code."""
        return await find(info.context.interaction.own_letter_export(number, query_code, proof))

    @strawberry.field(description="Who of the staff saw a letter, and when; latest first.")
    async def letter_accesses(
        self, info: Info, letter_id: UUID, first: First = 20, after: After = None
    ) -> Connection[LetterAccess] | None:
        """Return a page of who saw a letter."""
        page = await find(info.context.interaction.letter_accesses(letter_id, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="Requests to erase letters to one's sites, latest first.")
    async def letter_erasures(
        self,
        info: Info,
        state: ErasureState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ErasureRequest]:
        """Return a page of requests to erase letters."""
        page = await info.context.interaction.letter_erasures(state, first, after)
        return connect(page, after)
