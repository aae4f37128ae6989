"""Published letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream, segment
from shared.contracts.letters import Letter
from shared.contracts.page import Page
from shared.contracts.published_letters import (
    ProposedRendition,
    PublicLetter,
    RenditionReview,
    RenditionText,
    TakingDown,
)


@dataclass(frozen=True)
class PublicationClient:
    """Published letters on behalf of one reader."""

    upstream: Upstream

    async def letters(self, site_code: str, first: int, after: str | None) -> Page[PublicLetter]:
        """Return a page of a site's published letters."""
        return await self.upstream.get(
            Page[PublicLetter], "/v1/public/letters", site_code=site_code, first=first, after=after
        )

    async def letters_quoting(
        self, phrases: list[str], first: int, after: str | None
    ) -> Page[PublicLetter]:
        """Return a page of published letters in which one of these stands."""
        return await self.upstream.get(
            Page[PublicLetter], "/v1/published-letters", quoting=phrases, first=first, after=after
        )

    async def published_letter(self, number: str) -> PublicLetter:
        """Return the rendition published under this number."""
        path = f"/v1/public/letters/{segment(number)}/publication"
        return await self.upstream.get(PublicLetter, path)

    async def proposed_publication(self, letter_id: UUID) -> ProposedRendition:
        """Return what is proposed to the public of a letter."""
        path = f"/v1/letters/{letter_id}/publication"
        return await self.upstream.get(ProposedRendition, path)

    async def propose_publication(
        self, letter_id: UUID, said: RenditionText, version: int
    ) -> ProposedRendition:
        """Propose a masked rendition of a letter."""
        path = f"/v1/letters/{letter_id}/publication"
        return await self.upstream.post(ProposedRendition, path, said, version=version)

    async def review_publication(
        self, letter_id: UUID, review: RenditionReview, version: int
    ) -> Letter:
        """Let a rendition out, or give it back."""
        path = f"/v1/letters/{letter_id}/publication/review"
        return await self.upstream.post(Letter, path, review, version=version)

    async def withdraw_publication(self, letter_id: UUID, why: TakingDown, version: int) -> Letter:
        """Let the public read a letter no longer."""
        path = f"/v1/letters/{letter_id}/publication/withdrawal"
        return await self.upstream.post(Letter, path, why, version=version)
