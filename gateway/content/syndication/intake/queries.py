"""What may be asked of upstream feeds."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.intake.types import UpstreamFeed
from gateway.context import Info
from gateway.problem import find
from shared.contracts.upstream_entries import EntryState, UpstreamEntry
from shared.contracts.upstream_feeds import FeedState


@strawberry.type
class IntakeQuery:
    """Which higher-level sites are read, and what they brought."""

    @strawberry.field(description="An upstream feed the reader may know of.")
    async def upstream_feed(self, info: Info, id: UUID) -> UpstreamFeed | None:
        """Return a feed, if the reader may know of it."""
        return await find(info.context.content.upstream_feed(id))

    @strawberry.field(
        description="The upstream feeds the reader may know of, newest first; `faulty` ones have"
        " something wrong with them, ended ones are told by their state alone."
    )
    async def upstream_feeds(
        self,
        info: Info,
        state: FeedState | None = None,
        faulty: bool | None = None,  # noqa: FBT001  # an argument of the schema
        first: First = 20,
        after: After = None,
    ) -> Connection[UpstreamFeed]:
        """Return a page of feeds."""
        page = await info.context.content.upstream_feeds(first, after, state=state, faulty=faulty)
        return connect(page, after)

    @strawberry.field(description="An entry of an upstream feed the reader may know of.")
    async def upstream_entry(self, info: Info, id: UUID) -> UpstreamEntry | None:
        """Return an entry, if the reader may know of it."""
        return await find(info.context.content.upstream_entry(id))

    @strawberry.field(
        description="Entries of upstream feeds the reader may know of, newest first; the tray is"
        " the state `TRAY`, and what reads otherwise upstream now is `changed`."
    )
    async def upstream_entries(
        self,
        info: Info,
        feed_id: UUID | None = None,
        state: EntryState | None = None,
        changed: bool | None = None,  # noqa: FBT001  # an argument of the schema
        first: First = 20,
        after: After = None,
    ) -> Connection[UpstreamEntry]:
        """Return a page of entries."""
        page = await info.context.content.upstream_entries(
            first, after, feed_id=feed_id, state=state, changed=changed
        )
        return connect(page, after)
