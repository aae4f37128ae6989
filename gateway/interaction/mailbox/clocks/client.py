"""Clocks of letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.letter_cards import (
    CardColour,
    CardDecision,
    CardExplanation,
    CardState,
    LetterCard,
)
from shared.contracts.letter_clocks import LetterDeadlines
from shared.contracts.letter_extensions import (
    ExtensionDecision,
    ExtensionState,
    LetterExtension,
    NewExtension,
)
from shared.contracts.letter_terms import LetterPolicy, NewLetterTerms, SiteLetterTerms
from shared.contracts.page import Page


@dataclass(frozen=True)
class ClocksClient:
    """Clocks of letters on behalf of one reader."""

    upstream: Upstream

    async def letter_deadlines(self, letter_id: UUID) -> LetterDeadlines:
        """Return every step of a letter by its clock."""
        return await self.upstream.get(LetterDeadlines, f"/v1/letters/{letter_id}/deadlines")

    async def deadline_explanation(
        self, number: str, query_code: str, proof: str | None
    ) -> LetterDeadlines:
        """Return the same to whoever has the letter's query code."""
        path = f"/v1/public/letters/{segment(number)}/deadlines"
        shown = showing(query_code, proof)
        return await self.upstream.showing(shown).get(LetterDeadlines, path)

    async def letter_policies(self) -> list[LetterPolicy]:
        """Return the named policies a site may choose."""
        return await self.upstream.get(list[LetterPolicy], "/v1/public/letter-policies")

    async def letter_terms(
        self, site_code: str, first: int, after: str | None
    ) -> Page[SiteLetterTerms]:
        """Return a page of the editions of a site's terms."""
        path = f"/v1/sites/{segment(site_code)}/letter-terms"
        return await self.upstream.get(Page[SiteLetterTerms], path, first=first, after=after)

    async def set_letter_terms(
        self, site_code: str, new: NewLetterTerms, edition: int | None
    ) -> SiteLetterTerms:
        """Choose the terms of letters received from now on."""
        path = f"/v1/sites/{segment(site_code)}/letter-terms"
        return await self.upstream.post(SiteLetterTerms, path, new, version=edition, method="PUT")

    async def letter_cards(
        self,
        colour: CardColour | None,
        state: CardState | None,
        site_code: str | None,
        letter_id: UUID | None,
        first: int,
        after: str | None,
    ) -> Page[LetterCard]:
        """Return a page of the cards of the reader's units, sites and line."""
        return await self.upstream.get(
            Page[LetterCard],
            "/v1/letter-cards",
            colour=colour,
            state=state,
            site_code=site_code,
            letter_id=letter_id,
            first=first,
            after=after,
        )

    async def explain_letter_card(
        self, card_id: UUID, why: CardExplanation, version: int
    ) -> LetterCard:
        """Say why the unit was late."""
        path = f"/v1/letter-cards/{card_id}/explanation"
        return await self.upstream.post(LetterCard, path, why, version=version)

    async def rule_on_letter_card(
        self, card_id: UUID, decided: CardDecision, version: int
    ) -> LetterCard:
        """Accept or reject an explanation."""
        path = f"/v1/letter-cards/{card_id}/ruling"
        return await self.upstream.post(LetterCard, path, decided, version=version)

    async def letter_extensions(
        self, state: ExtensionState | None, letter_id: UUID | None, first: int, after: str | None
    ) -> Page[LetterExtension]:
        """Return a page of the extensions of letters the reader may know of."""
        return await self.upstream.get(
            Page[LetterExtension],
            "/v1/letter-extensions",
            state=state,
            letter_id=letter_id,
            first=first,
            after=after,
        )

    async def ask_for_letter_extension(
        self, letter_id: UUID, new: NewExtension, version: int
    ) -> LetterExtension:
        """Ask for more time for an answer."""
        path = f"/v1/letters/{letter_id}/extensions"
        return await self.upstream.post(LetterExtension, path, new, version=version)

    async def rule_on_letter_extension(
        self, extension_id: UUID, decided: ExtensionDecision, version: int
    ) -> LetterExtension:
        """Grant or refuse an extension."""
        path = f"/v1/letter-extensions/{extension_id}/ruling"
        return await self.upstream.post(LetterExtension, path, decided, version=version)
