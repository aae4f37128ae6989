"""What can be asked of the audit."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.audit import Assessment


@strawberry.type
class AuditQuery:
    """Assessments, with every lost point explained."""

    @strawberry.field(description="One published assessment.")
    async def assessment(self, info: Info, id: UUID) -> Assessment | None:
        """Return an assessment, if it was published."""
        return await find(info.context.audit.assessment(id))

    @strawberry.field(description="A site's published assessments, newest first.")
    async def assessments(
        self, info: Info, site_code: SiteCode, first: First = 20, after: After = None
    ) -> Connection[Assessment]:
        """Return a page of assessments."""
        return connect(await info.context.audit.assessments(site_code, first, after), after)
