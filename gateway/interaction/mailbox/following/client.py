"""Following letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.interaction.admission import showing
from gateway.interaction.mailbox.following.types import LetterStatus
from gateway.upstream import Upstream, segment
from shared.contracts.writing import Consent


@dataclass(frozen=True)
class FollowingClient:
    """Following letters on behalf of one reader."""

    upstream: Upstream

    async def letter(self, number: str, query_code: str, proof: str | None) -> LetterStatus:
        """Return a letter's status to whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}"
        return await self.upstream.showing(showing(query_code, proof)).get(LetterStatus, path)

    async def change_consent(
        self, number: str, query_code: str, proof: str | None, given: Consent
    ) -> LetterStatus:
        """Give or withdraw consent to publication."""
        path = f"/v1/public/letters/{segment(number)}/consent"
        return await self.upstream.showing(showing(query_code, proof)).post(
            LetterStatus, path, given, method="PUT"
        )
