"""What can be asked of what letters come to."""

from datetime import date

import strawberry

from gateway.arguments import SiteCode
from gateway.context import Info
from gateway.interaction.mailbox.insights import types as _types
from shared.contracts.insights import LetterStatement

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class InsightsQuery:
    """Figures of the mailbox."""

    @strawberry.field(
        description="What the letters received in a month (`2026-03`) or between two days come to"
        " by today, by unit and kind, within one's authority."
    )
    async def letter_statement(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        month: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> LetterStatement:
        """Return what the letters received in a period come to."""
        return await info.context.interaction.letter_statement(site_code, month, since, until)
