"""The audit service, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.audit import Assessment
from shared.contracts.page import Page


@dataclass(frozen=True)
class AuditClient:
    """The audit service on behalf of one reader."""

    upstream: Upstream

    async def assessment(self, assessment_id: UUID) -> Assessment:
        """Return a published assessment."""
        return await self.upstream.get(Assessment, f"/v1/public/assessments/{assessment_id}")

    async def assessments(self, site_code: str, first: int, after: str | None) -> Page[Assessment]:
        """Return a page of a site's published assessments."""
        path = "/v1/public/assessments"
        return await self.upstream.get(
            Page[Assessment], path, site_code=site_code, first=first, after=after
        )
