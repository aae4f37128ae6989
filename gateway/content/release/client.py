"""Releasing and withdrawing, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.release.types import ReleasePreview
from gateway.upstream import Upstream, segment
from shared.contracts import release
from shared.contracts.index_number import IndexNumber, IndexPattern, NewIndexPattern
from shared.contracts.page import Page
from shared.contracts.release import PublicStep, ReleaseView, Withdrawn
from shared.contracts.scheduling import (
    Rescheduling,
    ScheduledRelease,
    ScheduledReleaseInFull,
    ScheduleState,
)
from shared.contracts.validity import NewValidity, Validity


@dataclass(frozen=True)
class ReleaseClient:
    """What goes out and comes back, on behalf of one reader."""

    upstream: Upstream

    async def release_items(self, new: release.NewRelease) -> ReleaseView:
        """Make items public together."""
        return await self.upstream.post(ReleaseView, "/v1/releases", new)

    async def schedule_release(self, order: release.ReleaseOrder) -> ScheduledRelease:
        """Set a release for a time."""
        return await self.upstream.post(ScheduledRelease, "/v1/releases", order)

    async def preview_release(self, new: release.NewRelease) -> ReleasePreview:
        """Return what a release would do now."""
        return await self.upstream.post(ReleasePreview, "/v1/releases/preview", new)

    async def scheduled_release(self, schedule_id: UUID) -> ScheduledReleaseInFull:
        """Return a release set for a time, with its items."""
        path = f"/v1/scheduled-releases/{schedule_id}"
        return await self.upstream.get(ScheduledReleaseInFull, path)

    async def scheduled_releases(
        self, state: ScheduleState | None, first: int, after: str | None
    ) -> Page[ScheduledRelease]:
        """Return a page of the releases set for a time."""
        path = "/v1/scheduled-releases"
        return await self.upstream.get(
            Page[ScheduledRelease], path, state=state, first=first, after=after
        )

    async def cancel_scheduled_release(self, schedule_id: UUID, version: int) -> ScheduledRelease:
        """Call a scheduled release off."""
        path = f"/v1/scheduled-releases/{schedule_id}/cancellation"
        return await self.upstream.post(ScheduledRelease, path, version=version)

    async def reschedule_release(
        self, schedule_id: UUID, to: Rescheduling, version: int
    ) -> ScheduledRelease:
        """Set a scheduled release for another time."""
        path = f"/v1/scheduled-releases/{schedule_id}/rescheduling"
        return await self.upstream.post(ScheduledRelease, path, to, version=version)

    async def withdraw_item(self, item_id: UUID, withdrawal: release.Withdrawal) -> Withdrawn:
        """Take a public item back."""
        return await self.upstream.post(Withdrawn, f"/v1/items/{item_id}/withdrawal", withdrawal)

    async def record_validity(self, item_id: UUID, new: NewValidity) -> Validity:
        """Record what became of a policy."""
        return await self.upstream.post(Validity, f"/v1/items/{item_id}/validity", new)

    async def validity_of(self, item_id: UUID, first: int, after: str | None) -> Page[Validity]:
        """Return a page of what became of a policy."""
        path = f"/v1/items/{item_id}/validity"
        return await self.upstream.get(Page[Validity], path, first=first, after=after)

    async def public_history(
        self, item_id: UUID, first: int, after: str | None
    ) -> Page[PublicStep]:
        """Return a page of an item's public history."""
        path = f"/v1/items/{item_id}/public-history"
        return await self.upstream.get(Page[PublicStep], path, first=first, after=after)

    async def index_pattern(self, organization: str) -> IndexPattern:
        """Return how an organization numbers what it publishes."""
        path = f"/v1/organizations/{segment(organization)}/index-pattern"
        return await self.upstream.get(IndexPattern, path)

    async def set_index_pattern(
        self, organization: str, new: NewIndexPattern, version: int | None
    ) -> IndexPattern:
        """Say how an organization numbers what it publishes."""
        path = f"/v1/organizations/{segment(organization)}/index-pattern"
        return await self.upstream.post(IndexPattern, path, new, version=version, method="PUT")

    async def index_numbers(
        self, index_no: str | None, first: int, after: str | None
    ) -> Page[IndexNumber]:
        """Return a page of the index numbers that were given."""
        path = "/v1/index-numbers"
        return await self.upstream.get(
            Page[IndexNumber], path, index_no=index_no, first=first, after=after
        )
