"""Privacy, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.page import Page
from shared.contracts.privacy import (
    ErasureDecision,
    ErasureReason,
    ErasureRequest,
    ErasureState,
    LetterAccess,
    LetterRecord,
)


@dataclass(frozen=True)
class PrivacyClient:
    """What is held of writers, on behalf of one reader."""

    upstream: Upstream

    async def own_letter_export(
        self, number: str, query_code: str, proof: str | None
    ) -> LetterRecord:
        """Return all that is held of a letter to whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}/export"
        return await self.upstream.showing(showing(query_code, proof)).get(LetterRecord, path)

    async def ask_to_erase_own_letter(
        self, number: str, query_code: str, proof: str | None, asked: ErasureReason
    ) -> ErasureRequest:
        """Ask for the erasure of a letter as whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}/erasure"
        return await self.upstream.showing(showing(query_code, proof)).post(
            ErasureRequest, path, asked
        )

    async def letter_accesses(
        self, letter_id: UUID, first: int, after: str | None
    ) -> Page[LetterAccess]:
        """Return a page of who saw a letter."""
        path = f"/v1/letters/{letter_id}/accesses"
        return await self.upstream.get(Page[LetterAccess], path, first=first, after=after)

    async def letter_erasures(
        self, state: ErasureState | None, first: int, after: str | None
    ) -> Page[ErasureRequest]:
        """Return a page of requests to erase letters."""
        return await self.upstream.get(
            Page[ErasureRequest], "/v1/letter-erasures", state=state, first=first, after=after
        )

    async def ask_to_erase_letter(self, letter_id: UUID, asked: ErasureReason) -> ErasureRequest:
        """Ask for the erasure of a letter to one's site."""
        return await self.upstream.post(ErasureRequest, f"/v1/letters/{letter_id}/erasure", asked)

    async def decide_erasure(
        self, erasure_id: UUID, decision: ErasureDecision, version: int
    ) -> ErasureRequest:
        """Erase a letter as somebody else asked, or refuse to."""
        path = f"/v1/letter-erasures/{erasure_id}/decision"
        return await self.upstream.post(ErasureRequest, path, decision, version=version)
