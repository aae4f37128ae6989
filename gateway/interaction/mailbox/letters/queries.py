"""What clerks may ask of letters."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.letters import types as _types
from shared.contracts.letters import (
    LetterChannel,
    LetterCounts,
    LetterKind,
    LetterState,
    ListedLetter,
    StateType,
    Urgency,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.input(description="Which of the letters within reach to list.")
class LetterFilterInput:
    """What a listed letter must meet."""

    state: LetterState | None = None
    state_type: StateType | None = None
    kind: LetterKind | None = None
    urgency: Urgency | None = None
    channel: LetterChannel | None = None
    site_code: SiteCode | None = None
    organization: OrganizationCode | None = None
    number: str | None = None
    lead_id: UUID | None = None
    overdue: bool | None = None


Wanted = Annotated[LetterFilterInput | None, strawberry.argument(description="All unless said.")]


@strawberry.type
class LettersQuery:
    """Letters within the reader's authority."""

    @strawberry.field(description="The letters the reader's posts reach, the latest first.")
    async def listed_letters(
        self, info: Info, filter: Wanted = None, first: First = 20, after: After = None
    ) -> Connection[ListedLetter]:
        """Return a page of the clerks' list."""
        wanted = strawberry.asdict(filter) if filter else {}
        page = await info.context.interaction.listed_letters(wanted, first, after)
        return connect(page, after)

    @strawberry.field(description="How many letters wait at the reader's desk, by state.")
    async def letter_counts(self, info: Info) -> LetterCounts:
        """Return what is owed an answer, counted up to a bound."""
        return await info.context.interaction.letter_counts()
