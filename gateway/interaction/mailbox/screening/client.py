"""Screening letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.letters import Letter
from shared.contracts.screening import (
    LetterRefusalReason,
    NewMerger,
    NewParting,
    NewRefusal,
    NewUrgency,
)


@dataclass(frozen=True)
class ScreeningClient:
    """Screening letters on behalf of one clerk."""

    upstream: Upstream

    async def refusal_reasons(self) -> list[LetterRefusalReason]:
        """Return the reasons for which letters may be refused."""
        return await self.upstream.get(list[LetterRefusalReason], "/v1/refusal-reasons")

    async def accept_letter(self, letter_id: UUID, version: int) -> Letter:
        """Take a letter up."""
        path = f"/v1/letters/{letter_id}/acceptance"
        return await self.upstream.post(Letter, path, version=version)

    async def refuse_letter(self, letter_id: UUID, why: NewRefusal, version: int) -> Letter:
        """Refuse a letter for a listed reason."""
        path = f"/v1/letters/{letter_id}/refusal"
        return await self.upstream.post(Letter, path, why, version=version)

    async def set_letter_urgency(self, letter_id: UUID, new: NewUrgency, version: int) -> Letter:
        """Say how soon a letter must be looked at."""
        path = f"/v1/letters/{letter_id}/urgency"
        return await self.upstream.post(Letter, path, new, version=version, method="PUT")

    async def merge_letters(self, letter_id: UUID, new: NewMerger, version: int) -> Letter:
        """Let letters wait for the answer to another."""
        path = f"/v1/letters/{letter_id}/merger"
        return await self.upstream.post(Letter, path, new, version=version)

    async def part_letter(self, letter_id: UUID, why: NewParting, version: int) -> Letter:
        """Let a merged letter be handled by itself again."""
        path = f"/v1/letters/{letter_id}/parting"
        return await self.upstream.post(Letter, path, why, version=version)
