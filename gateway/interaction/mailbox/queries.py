"""What can be asked of the mailbox."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.letters import LetterStatus, PublicLetter


@strawberry.type
class MailboxQuery:
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

    @strawberry.field(
        description="Published letters that quote a public item: its address, number or title."
    )
    async def letters_quoting(
        self, info: Info, item_id: UUID, first: First = 20, after: After = None
    ) -> Connection[PublicLetter] | None:
        """Return a page of the letters that a withdrawal touches, if the item is public."""
        item = await find(info.context.content.item(item_id))
        if item is None:
            return None
        phrases = [item.url, item.title, *([item.doc_no] if item.doc_no else [])]
        return connect(
            await info.context.interaction.letters_quoting(phrases, first, after), after
        )
