"""What clerks may ask of notifications."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.notifications import types as _types
from shared.contracts.writer_notifications import NotificationState, WriterNotification

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class NotificationsQuery:
    """What writers are owed the news of."""

    @strawberry.field(description="What the writers of letters within reach wait to be told.")
    async def writer_notifications(
        self,
        info: Info,
        state: NotificationState | None = None,
        letter_id: UUID | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[WriterNotification]:
        """Return a page of notifications."""
        page = await info.context.interaction.writer_notifications(state, letter_id, first, after)
        return connect(page, after)
