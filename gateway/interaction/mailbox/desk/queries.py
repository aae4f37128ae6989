"""What those who work on a letter may ask of it."""

from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.desk.types import OpenedLetter
from gateway.problem import find


@strawberry.type
class DeskQuery:
    """One letter, unsealed."""

    @strawberry.field(
        description="A letter unsealed, with its latest answer and what the checks found in it."
    )
    async def opened_letter(self, info: Info, id: UUID) -> OpenedLetter | None:
        """Return a letter, if the reader's posts reach it."""
        return await find(info.context.interaction.opened_letter(id))
