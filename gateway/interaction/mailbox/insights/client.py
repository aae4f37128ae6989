"""Insights, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from datetime import date

from gateway.upstream import Upstream
from shared.contracts.insights import LetterStatement


@dataclass(frozen=True)
class InsightsClient:
    """What letters come to, on behalf of one reader."""

    upstream: Upstream

    async def letter_statement(
        self,
        site_code: str | None,
        month: str | None,
        since: date | None,
        until: date | None,
    ) -> LetterStatement:
        """Return what the letters received in a period come to."""
        return await self.upstream.get(
            LetterStatement,
            "/v1/letter-statement",
            site_code=site_code,
            month=month,
            since=since,
            until=until,
        )
