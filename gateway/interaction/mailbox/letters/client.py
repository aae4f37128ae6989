"""The clerks' list, one method for each thing the schema asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.upstream import Upstream
from shared.contracts.letters import LetterCounts, ListedLetter
from shared.contracts.page import Page


@dataclass(frozen=True)
class LettersClient:
    """The clerks' list on behalf of one reader."""

    upstream: Upstream

    async def listed_letters(
        self, wanted: Mapping[str, Any], first: int, after: str | None
    ) -> Page[ListedLetter]:
        """Return a page of the letters within the reader's authority that meet what is wanted."""
        return await self.upstream.get(
            Page[ListedLetter], "/v1/letters", **wanted, first=first, after=after
        )

    async def letter_counts(self) -> LetterCounts:
        """Return what waits at the reader's desk."""
        return await self.upstream.get(LetterCounts, "/v1/letter-counts")
