"""What can be asked of the clocks of letters."""

from uuid import UUID

import strawberry

from gateway.arguments import Proof, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.clocks import types as _types
from gateway.problem import find
from shared.contracts.letter_cards import CardColour, CardState, LetterCard
from shared.contracts.letter_clocks import LetterDeadlines
from shared.contracts.letter_extensions import ExtensionState, LetterExtension
from shared.contracts.letter_terms import LetterPolicy, SiteLetterTerms

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class ClocksQuery:
    """By when letters are owed what, how that was counted, and what came of lateness."""

    @strawberry.field(
        description="By when each step of a letter is owed, and every day counted or skipped."
    )
    async def letter_deadlines(self, info: Info, letter_id: UUID) -> LetterDeadlines | None:
        """Return the deadlines of a letter, if the reader's posts reach it."""
        return await find(info.context.interaction.letter_deadlines(letter_id))

    @strawberry.field(
        description="The same of one's own letter; a wrong code and an unknown number are nothing."
    )
    async def deadline_explanation(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> LetterDeadlines | None:
        """Return the deadlines of a letter to whoever has its query code."""
        return await find(info.context.interaction.deadline_explanation(number, query_code, proof))

    @strawberry.field(description="The named policies a site may choose, with their sources.")
    async def letter_policies(self, info: Info) -> list[LetterPolicy]:
        """Return every named policy."""
        return await info.context.interaction.letter_policies()

    @strawberry.field(description="The editions of a site's terms, the one in force first.")
    async def letter_terms(
        self, info: Info, site_code: SiteCode, first: First = 20, after: After = None
    ) -> Connection[SiteLetterTerms] | None:
        """Return a page of editions, if the reader's posts reach the site."""
        page = await find(info.context.interaction.letter_terms(site_code, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="Cards of one's units and sites, and down one's line.")
    async def letter_cards(
        self,
        info: Info,
        colour: CardColour | None = None,
        state: CardState | None = None,
        site_code: SiteCode | None = None,
        letter_id: UUID | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LetterCard]:
        """Return a page of cards, the latest first."""
        page = await info.context.interaction.letter_cards(
            colour, state, site_code, letter_id, first, after
        )
        return connect(page, after)

    @strawberry.field(description="Extensions of the letters the reader may know of.")
    async def letter_extensions(
        self,
        info: Info,
        state: ExtensionState | None = None,
        letter_id: UUID | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LetterExtension]:
        """Return a page of extensions, the latest first."""
        page = await info.context.interaction.letter_extensions(state, letter_id, first, after)
        return connect(page, after)
