"""Writing in, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import proving
from gateway.upstream import Upstream
from shared.contracts.held_letters import HeldLetter
from shared.contracts.letters import Letter, LetterReceipt
from shared.contracts.page import Page
from shared.contracts.writing import LetterOnBehalf, NewLetter


@dataclass(frozen=True)
class IntakeClient:
    """Writing in on behalf of one reader."""

    upstream: Upstream

    async def submit_letter(self, new: NewLetter, proof: str | None) -> LetterReceipt:
        """Write to a site's mailbox."""
        return await self.upstream.showing(proving(proof)).post(
            LetterReceipt, "/v1/public/letters", new
        )

    async def enter_letter(self, new: LetterOnBehalf) -> LetterReceipt:
        """Enter a letter on a citizen's behalf."""
        return await self.upstream.post(LetterReceipt, "/v1/letters", new)

    async def held_letters(self, first: int, after: str | None) -> Page[HeldLetter]:
        """Return a page of the letters that wait for a clerk to look at them."""
        return await self.upstream.get(
            Page[HeldLetter], "/v1/held-letters", first=first, after=after
        )

    async def clear_letter(self, letter_id: UUID, version: int) -> Letter:
        """Let a held letter count as received."""
        path = f"/v1/letters/{letter_id}/clearance"
        return await self.upstream.post(Letter, path, version=version)
