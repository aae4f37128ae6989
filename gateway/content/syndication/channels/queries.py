"""What may be asked about channels."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.channels.types import Channel
from gateway.context import Info
from gateway.problem import find


@strawberry.type
class ChannelsQuery:
    """Where released items are posted to."""

    @strawberry.field(description="A channel the reader administers or may post to.")
    async def channel(self, info: Info, id: UUID) -> Channel | None:
        """Return a channel, if the reader may know of it."""
        return await find(info.context.content.channel(id))

    @strawberry.field(
        description="The channels the reader administers or may post to, newest first."
    )
    async def channels(
        self,
        info: Info,
        site_code: str | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Channel]:
        """Return a page of channels."""
        return connect(await info.context.content.channels(site_code, first, after), after)
