"""Notifications, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.writer_notifications import NotificationState, WriterNotification


@dataclass(frozen=True)
class NotificationsClient:
    """Notifications on behalf of one reader."""

    upstream: Upstream

    async def writer_notifications(
        self,
        state: NotificationState | None,
        letter_id: UUID | None,
        first: int,
        after: str | None,
    ) -> Page[WriterNotification]:
        """Return a page of what writers wait to be told."""
        return await self.upstream.get(
            Page[WriterNotification],
            "/v1/writer-notifications",
            state=state,
            letter_id=letter_id,
            first=first,
            after=after,
        )
