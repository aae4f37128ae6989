"""The mailbox, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.upstream import Upstream, segment
from shared.contracts.letters import LetterReceipt, LetterStatus, PublicLetter
from shared.contracts.page import Page
from shared.contracts.writing import NewLetter


@dataclass(frozen=True)
class MailboxClient:
    """The mailbox on behalf of one reader."""

    upstream: Upstream

    async def letter(self, number: str, query_code: str) -> LetterStatus:
        """Return a letter's status to whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}"
        return await self.upstream.showing({"X-Query-Code": segment(query_code)}).get(
            LetterStatus, path
        )

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

    async def submit_letter(self, new: NewLetter) -> LetterReceipt:
        """Write to a site's mailbox."""
        return await self.upstream.post(LetterReceipt, "/v1/public/letters", new)
