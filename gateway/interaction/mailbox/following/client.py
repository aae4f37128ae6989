"""Following letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.interaction.mailbox.following.types import LetterStatus
from gateway.upstream import Upstream, segment


@dataclass(frozen=True)
class FollowingClient:
    """Following letters on behalf of one reader."""

    upstream: Upstream

    async def letter(self, number: str, query_code: str) -> LetterStatus:
        """Return a letter's status to whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}"
        return await self.upstream.showing({"X-Query-Code": segment(query_code)}).get(
            LetterStatus, path
        )
