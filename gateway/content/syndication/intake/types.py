"""Upstream feeds and their entries as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import upstream_entries, upstream_feeds

for plain in (
    upstream_feeds.ProposedDirective,
    upstream_feeds.RuleOfFeed,
    upstream_feeds.FeedStanding,
    upstream_feeds.BadEntry,
    upstream_feeds.FeedPoll,
    upstream_entries.Sameness,
    upstream_entries.FormerText,
    upstream_entries.UpstreamEntry,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=upstream_feeds.UpstreamFeed.__doc__)
class UpstreamFeed(upstream_feeds.UpstreamFeed):
    """A feed with what came of asking it, and its entries."""

    @strawberry.pydantic.field(description="What came of asking it, latest first.")
    async def polls(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[upstream_feeds.FeedPoll]:
        """Return a page of the feed's polls."""
        return connect(await info.context.content.feed_polls(self.id, first, after), after)

    @strawberry.pydantic.field(description="Its entries, newest first.")
    async def entries(
        self,
        info: Info,
        state: Annotated[
            upstream_entries.EntryState | None,
            strawberry.argument(description="Only those in this state."),
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[upstream_entries.UpstreamEntry]:
        """Return a page of the feed's entries."""
        content = info.context.content
        page = await content.upstream_entries(first, after, feed_id=self.id, state=state)
        return connect(page, after)
