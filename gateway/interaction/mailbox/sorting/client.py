"""Sorting letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.letters import Letter
from shared.contracts.page import Page
from shared.contracts.sorting import (
    CoHandling,
    LetterMove,
    NewCoHandling,
    NewCoHandlingOpinion,
    NewDispatch,
    NewGivingBack,
    NewTransfer,
    OpenedCoHandling,
)


@dataclass(frozen=True)
class SortingClient:
    """Sorting letters on behalf of one clerk."""

    upstream: Upstream

    async def dispatch_letter(self, letter_id: UUID, to: NewDispatch, version: int) -> Letter:
        """Give a letter to the unit that must answer it."""
        path = f"/v1/letters/{letter_id}/dispatch"
        return await self.upstream.post(Letter, path, to, version=version)

    async def transfer_letter(self, letter_id: UUID, to: NewTransfer, version: int) -> Letter:
        """Let a letter go on to another unit."""
        path = f"/v1/letters/{letter_id}/transfer"
        return await self.upstream.post(Letter, path, to, version=version)

    async def give_letter_back(self, letter_id: UUID, why: NewGivingBack, version: int) -> Letter:
        """Give a letter back to the clerks of its site."""
        path = f"/v1/letters/{letter_id}/return"
        return await self.upstream.post(Letter, path, why, version=version)

    async def letter_moves(
        self, letter_id: UUID, first: int, after: str | None
    ) -> Page[LetterMove]:
        """Return a page of a letter's way through the units."""
        path = f"/v1/letters/{letter_id}/moves"
        return await self.upstream.get(Page[LetterMove], path, first=first, after=after)

    async def ask_for_co_handling(
        self, letter_id: UUID, new: NewCoHandling, version: int
    ) -> CoHandling:
        """Ask a unit to help the one that answers."""
        path = f"/v1/letters/{letter_id}/co-handlings"
        return await self.upstream.post(CoHandling, path, new, version=version)

    async def co_handlings(
        self, letter_id: UUID, first: int, after: str | None
    ) -> Page[OpenedCoHandling]:
        """Return a page of what units were asked about a letter."""
        path = f"/v1/letters/{letter_id}/co-handlings"
        return await self.upstream.get(Page[OpenedCoHandling], path, first=first, after=after)

    async def give_co_handling_opinion(
        self, co_handling_id: UUID, new: NewCoHandlingOpinion, version: int
    ) -> CoHandling:
        """Say what one's own unit has to say."""
        path = f"/v1/co-handlings/{co_handling_id}/opinion"
        return await self.upstream.post(CoHandling, path, new, version=version)

    async def withdraw_co_handling(self, co_handling_id: UUID, version: int) -> CoHandling:
        """Ask a unit no more."""
        path = f"/v1/co-handlings/{co_handling_id}/withdrawal"
        return await self.upstream.post(CoHandling, path, version=version)
