"""Published letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.published_letters import PublicLetter


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
