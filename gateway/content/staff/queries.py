"""What staff may ask about themselves."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts.staff import SessionView, Viewer

Whose = Annotated[
    UUID | None,
    strawberry.argument(description="Another person's, for who administers them."),
]


@strawberry.type
class StaffQuery:
    """Who the reader is, and where they are logged in."""

    @strawberry.field(description="Who the reader is, what they may do, and for whom they act.")
    async def viewer(self, info: Info) -> Viewer:
        """Return the bearer of the token."""
        return await info.context.content.viewer()

    @strawberry.field(description="Where the reader is logged in, latest first.")
    async def sessions(
        self, info: Info, person_id: Whose = None, first: First = 20, after: After = None
    ) -> Connection[SessionView]:
        """Return a page of sessions."""
        return connect(await info.context.content.sessions(person_id, first, after), after)
