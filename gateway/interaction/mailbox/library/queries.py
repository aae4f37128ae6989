"""What may be asked of the answer library."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.library import types as _types
from gateway.problem import find
from shared.contracts.answer_library import LibraryCitation, LibraryEdition, LibraryEntry

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

Phrase = Annotated[str | None, strawberry.argument(description="Words that stand in it.")]
Waiting = Annotated[bool | None, strawberry.argument(description="Only those that await review.")]
Outdated = Annotated[
    bool | None,
    strawberry.argument(description="Those of texts that may be used no more, or the others."),
]


@strawberry.type
class LibraryQuery:
    """The answer library."""

    @strawberry.field(description="The entries the reader may use today, the most used first.")
    async def library_entries(
        self,
        info: Info,
        phrase: Phrase = None,
        matter: str | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LibraryEntry]:
        """Return a page of entries."""
        page = await info.context.interaction.library_entries(phrase, matter, first, after)
        return connect(page, after)

    @strawberry.field(description="One entry with the text it is used by.")
    async def library_entry(self, info: Info, id: UUID) -> LibraryEntry | None:
        """Return an entry, if the reader may read it."""
        return await find(info.context.interaction.library_entry(id))

    @strawberry.field(description="Every text of the entries of the reader's own units.")
    async def library_editions(
        self,
        info: Info,
        entry_id: UUID | None = None,
        waiting: Waiting = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LibraryEdition]:
        """Return a page of editions."""
        page = await info.context.interaction.library_editions(
            entry_id, first, after, waiting=waiting
        )
        return connect(page, after)

    @strawberry.field(description="The answers that say something of the library.")
    async def library_citations(
        self,
        info: Info,
        entry_id: UUID | None = None,
        outdated: Outdated = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LibraryCitation]:
        """Return a page of citations."""
        page = await info.context.interaction.library_citations(
            entry_id, first, after, outdated=outdated
        )
        return connect(page, after)
