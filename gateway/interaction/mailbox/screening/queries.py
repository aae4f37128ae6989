"""What can be asked of screening."""

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.screening import types as _types
from shared.contracts.screening import LetterRefusalReason

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class ScreeningQuery:
    """What letters are refused for."""

    @strawberry.field(
        description="The reasons for which letters may be refused, and what writers are advised."
    )
    async def refusal_reasons(self, info: Info) -> list[LetterRefusalReason]:
        """Return the listed reasons."""
        return await info.context.interaction.refusal_reasons()
