"""What can be asked of published letters."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.publication import types as _types
from gateway.problem import find
from shared.contracts.published_letters import ProposedRendition, PublicLetter

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class PublicationQuery:
    """Published letters."""

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

    @strawberry.field(description="The public rendition of one letter, if there is one.")
    async def published_letter(self, info: Info, number: str) -> PublicLetter | None:
        """Return the rendition published under this number."""
        return await find(info.context.interaction.published_letter(number))

    @strawberry.field(
        description="What is proposed to the public of a letter, or what was decided of it."
    )
    async def proposed_publication(self, info: Info, letter_id: UUID) -> ProposedRendition | None:
        """Return what is proposed to the public of a letter."""
        return await find(info.context.interaction.proposed_publication(letter_id))
