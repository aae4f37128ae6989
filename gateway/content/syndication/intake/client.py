"""Upstream feeds, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.intake.types import UpstreamFeed
from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.upstream_entries import Acceptance, Dismissal, EntryState, UpstreamEntry
from shared.contracts.upstream_feeds import ChangedFeed, FeedPoll, FeedState, NewFeed, NewRules


@dataclass(frozen=True)
class IntakeClient:
    """Upstream feeds and their entries on behalf of one reader."""

    upstream: Upstream

    async def upstream_feed(self, feed_id: UUID) -> UpstreamFeed:
        """Return a feed."""
        return await self.upstream.get(UpstreamFeed, f"/v1/upstream-feeds/{feed_id}")

    async def upstream_feeds(
        self,
        first: int,
        after: str | None,
        *,
        state: FeedState | None,
        faulty: bool | None,
    ) -> Page[UpstreamFeed]:
        """Return a page of feeds."""
        return await self.upstream.get(
            Page[UpstreamFeed],
            "/v1/upstream-feeds",
            state=state,
            faulty=faulty,
            first=first,
            after=after,
        )

    async def feed_polls(self, feed_id: UUID, first: int, after: str | None) -> Page[FeedPoll]:
        """Return a page of what came of asking a feed."""
        path = f"/v1/upstream-feeds/{feed_id}/polls"
        return await self.upstream.get(Page[FeedPoll], path, first=first, after=after)

    async def register_upstream_feed(self, new: NewFeed) -> UpstreamFeed:
        """Have a feed read."""
        return await self.upstream.post(UpstreamFeed, "/v1/upstream-feeds", new)

    async def change_upstream_feed(
        self, feed_id: UUID, new: ChangedFeed, version: int
    ) -> UpstreamFeed:
        """Read a feed elsewhere, or name it otherwise."""
        path = f"/v1/upstream-feeds/{feed_id}"
        return await self.upstream.post(UpstreamFeed, path, new, version=version, method="PUT")

    async def set_upstream_rules(self, feed_id: UUID, new: NewRules, version: int) -> UpstreamFeed:
        """Say what a feed's entries become."""
        path = f"/v1/upstream-feeds/{feed_id}/rules"
        return await self.upstream.post(UpstreamFeed, path, new, version=version, method="PUT")

    async def end_upstream_feed(self, feed_id: UUID, version: int) -> UpstreamFeed:
        """Read a feed no more."""
        path = f"/v1/upstream-feeds/{feed_id}"
        return await self.upstream.post(UpstreamFeed, path, version=version, method="DELETE")

    async def poll_upstream_feed(self, feed_id: UUID) -> UpstreamFeed:
        """Have a feed asked soon."""
        return await self.upstream.post(UpstreamFeed, f"/v1/upstream-feeds/{feed_id}/poll")

    async def upstream_entry(self, entry_id: UUID) -> UpstreamEntry:
        """Return an entry."""
        return await self.upstream.get(UpstreamEntry, f"/v1/upstream-entries/{entry_id}")

    async def upstream_entries(
        self,
        first: int,
        after: str | None,
        *,
        feed_id: UUID | None = None,
        state: EntryState | None = None,
        changed: bool | None = None,
    ) -> Page[UpstreamEntry]:
        """Return a page of entries."""
        return await self.upstream.get(
            Page[UpstreamEntry],
            "/v1/upstream-entries",
            feed_id=feed_id,
            state=state,
            changed=changed,
            first=first,
            after=after,
        )

    async def accept_upstream_entry(
        self, entry_id: UUID, given: Acceptance, version: int
    ) -> UpstreamEntry:
        """Make a draft of an entry."""
        path = f"/v1/upstream-entries/{entry_id}/acceptance"
        return await self.upstream.post(UpstreamEntry, path, given, version=version)

    async def dismiss_upstream_entry(
        self, entry_id: UUID, given: Dismissal, version: int
    ) -> UpstreamEntry:
        """Say why an entry is not taken up."""
        path = f"/v1/upstream-entries/{entry_id}/dismissal"
        return await self.upstream.post(UpstreamEntry, path, given, version=version)

    async def note_upstream_change(self, entry_id: UUID, version: int) -> UpstreamEntry:
        """Say that a change was seen."""
        path = f"/v1/upstream-entries/{entry_id}/note"
        return await self.upstream.post(UpstreamEntry, path, version=version)

    async def issue_upstream_directive(self, entry_id: UUID, version: int) -> UpstreamEntry:
        """Issue what is proposed for an entry."""
        path = f"/v1/upstream-entries/{entry_id}/directive"
        return await self.upstream.post(UpstreamEntry, path, version=version)
