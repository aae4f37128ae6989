"""What can be asked of the files of letters."""

from uuid import UUID

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.interaction.mailbox.attachments import types as _types
from gateway.problem import find
from shared.contracts.attachments import Attachment, KeptAttachment

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class AttachmentsQuery:
    """Files of letters; their bytes are read by REST."""

    @strawberry.field(
        description="The files of one's own letter; none for a wrong code or an unknown number."
    )
    async def letter_attachments(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> list[Attachment] | None:
        """Return the files of a letter to whoever has its query code."""
        return await find(info.context.interaction.letter_attachments(number, query_code, proof))

    @strawberry.field(description="The files of a letter within the reader's authority.")
    async def kept_attachments(self, info: Info, letter_id: UUID) -> list[KeptAttachment] | None:
        """Return the files of a letter, and what was decided about each."""
        return await find(info.context.interaction.kept_attachments(letter_id))
