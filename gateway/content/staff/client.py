"""The reader as staff, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.staff import SessionView, Viewer


@dataclass(frozen=True)
class StaffClient:
    """Who the reader is, and where they are logged in."""

    upstream: Upstream

    async def viewer(self) -> Viewer:
        """Return who the token speaks for."""
        return await self.upstream.get(Viewer, "/v1/viewer")

    async def sessions(
        self, person_id: UUID | None, first: int, after: str | None
    ) -> Page[SessionView]:
        """Return a page of logins, the reader's own unless a person is named."""
        return await self.upstream.get(
            Page[SessionView], "/v1/sessions", person_id=person_id, first=first, after=after
        )

    async def end_session(self, session_id: UUID) -> SessionView:
        """End a login before its time."""
        path = f"/v1/sessions/{session_id}"
        return await self.upstream.post(SessionView, path, method="DELETE")
