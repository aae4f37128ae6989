"""Recalls, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.recalls.types import Copy, Recall
from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.recalls import CopyReading, CopyReport, CopyState
from shared.contracts.release import Affected


@dataclass(frozen=True)
class RecallsClient:
    """Recalls and copies on behalf of one reader."""

    upstream: Upstream

    async def impact(self, item_id: UUID, first: int, after: str | None) -> Page[Affected]:
        """Return a page of what refers to an item or shows it."""
        path = f"/v1/items/{item_id}/impact"
        return await self.upstream.get(Page[Affected], path, first=first, after=after)

    async def recalls(
        self, item_id: UUID | None, site_code: str | None, first: int, after: str | None
    ) -> Page[Recall]:
        """Return a page of recalls."""
        return await self.upstream.get(
            Page[Recall],
            "/v1/recalls",
            item_id=item_id,
            site_code=site_code,
            first=first,
            after=after,
        )

    async def recall(self, recall_id: UUID) -> Recall:
        """Return a recall."""
        return await self.upstream.get(Recall, f"/v1/recalls/{recall_id}")

    async def copies_of_recall(
        self, recall_id: UUID, state: CopyState | None, first: int, after: str | None
    ) -> Page[Copy]:
        """Return a page of a recall's copies."""
        path = f"/v1/recalls/{recall_id}/copies"
        return await self.upstream.get(Page[Copy], path, state=state, first=first, after=after)

    async def copies(
        self,
        site_code: str | None,
        state: CopyState | None,
        first: int,
        after: str | None,
    ) -> Page[Copy]:
        """Return a page of what the reader's sites owe for copies."""
        return await self.upstream.get(
            Page[Copy], "/v1/copies", site_code=site_code, state=state, first=first, after=after
        )

    async def copy(self, copy_id: UUID) -> Copy:
        """Return a copy."""
        return await self.upstream.get(Copy, f"/v1/copies/{copy_id}")

    async def copy_readings(
        self, copy_id: UUID, first: int, after: str | None
    ) -> Page[CopyReading]:
        """Return a page of the readings of a copy's page."""
        path = f"/v1/copies/{copy_id}/readings"
        return await self.upstream.get(Page[CopyReading], path, first=first, after=after)

    async def report_copy(self, copy_id: UUID, report: CopyReport, version: int) -> Copy:
        """Say that a copy is gone or put right."""
        path = f"/v1/copies/{copy_id}/report"
        return await self.upstream.post(Copy, path, report, version=version)
