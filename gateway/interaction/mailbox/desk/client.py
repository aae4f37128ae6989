"""The desk, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.mailbox.desk.types import OpenedLetter
from gateway.upstream import Upstream


@dataclass(frozen=True)
class DeskClient:
    """The desk on behalf of one reader."""

    upstream: Upstream

    async def opened_letter(self, letter_id: UUID) -> OpenedLetter:
        """Return a letter unsealed."""
        return await self.upstream.get(OpenedLetter, f"/v1/letters/{letter_id}")
