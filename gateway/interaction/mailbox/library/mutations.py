"""What those who keep the answer library do."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.library import types as _types
from gateway.problem import Problem
from shared.contracts.answer_library import (
    EntryReview,
    EntryText,
    LibraryEntry,
    NewEntry,
    Retirement,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

for plain, name in (
    (EntryText, "LibraryEntryTextInput"),
    (NewEntry, "NewLibraryEntryInput"),
    (EntryReview, "LibraryEntryReviewInput"),
    (Retirement, "LibraryEntryRetirementInput"),
):
    strawberry.pydantic.input(plain, name=name, description=plain.__doc__)

LibraryEntryOrProblem = Annotated[
    LibraryEntry | Problem, strawberry.union("LibraryEntryOrProblem")
]


@strawberry.type
class LibraryMutation:
    """Writing, reviewing and retiring entries."""

    @strawberry.mutation(description="Begin an entry, which awaits its review.")
    async def write_library_entry(self, info: Info, input: NewEntry) -> LibraryEntryOrProblem:
        """Write an entry."""
        return await info.context.interaction.write_library_entry(input)

    @strawberry.mutation(
        description="Write an entry anew; the text approved last is used until this one is."
    )
    async def rewrite_library_entry(
        self, info: Info, id: UUID, version: int, input: EntryText
    ) -> LibraryEntryOrProblem:
        """Rewrite an entry."""
        return await info.context.interaction.rewrite_library_entry(id, input, version)

    @strawberry.mutation(description="Let the edition that was read be used, or give it back.")
    async def review_library_entry(
        self, info: Info, id: UUID, version: int, input: EntryReview
    ) -> LibraryEntryOrProblem:
        """Review an entry."""
        return await info.context.interaction.review_library_entry(id, input, version)

    @strawberry.mutation(description="Let an entry be used no more; what cites it is found.")
    async def retire_library_entry(
        self, info: Info, id: UUID, version: int, input: Retirement
    ) -> LibraryEntryOrProblem:
        """Retire an entry."""
        return await info.context.interaction.retire_library_entry(id, input, version)
