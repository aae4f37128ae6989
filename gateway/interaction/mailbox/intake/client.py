"""Writing in, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.upstream import Upstream
from shared.contracts.letters import LetterReceipt
from shared.contracts.writing import NewLetter


@dataclass(frozen=True)
class IntakeClient:
    """Writing in on behalf of one reader."""

    upstream: Upstream

    async def submit_letter(self, new: NewLetter) -> LetterReceipt:
        """Write to a site's mailbox."""
        return await self.upstream.post(LetterReceipt, "/v1/public/letters", new)
