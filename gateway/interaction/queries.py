"""What can be asked of the mailbox."""

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.interaction import LetterStatus, PublicLetter


@strawberry.type
class InteractionQuery:
    """Letters: one's own by its code, and the published ones."""

    @strawberry.field(
        description="One's own letter; a wrong code and an unknown number are the same nothing."
    )
    async def letter(self, info: Info, number: str, query_code: str) -> LetterStatus | None:
        """Return a letter's status to whoever has its query code."""
        return await find(info.context.interaction.letter(number, query_code))

    @strawberry.field(description="A site's published letters, newest first.")
    async def letters(
        self, info: Info, site_code: SiteCode, first: First = 20, after: After = None
    ) -> Connection[PublicLetter]:
        """Return a page of published letters."""
        return connect(await info.context.interaction.letters(site_code, first, after), after)
