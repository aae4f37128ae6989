"""What sponsors report of their sites, and which working rules they adopt."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.content.registry.types import Outage
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import supervision

for plain in (
    supervision.NewOutage,
    supervision.ProcedureEdition,
    supervision.NewProcedure,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

OutageOrProblem = Annotated[Outage | Problem, strawberry.union("OutageOrProblem")]
ProcedureOrProblem = Annotated[
    supervision.Procedure | Problem, strawberry.union("ProcedureOrProblem")
]


@strawberry.type
class ReportingMutation:
    """Reporting outages and registering working rules."""

    @strawberry.mutation(description="Report that a site cannot be reached, and why.")
    async def report_outage(
        self, info: Info, site_code: SiteCode, input: supervision.NewOutage
    ) -> OutageOrProblem:
        """Report an outage."""
        return await info.context.content.report_outage(site_code, input)

    @strawberry.mutation(description="Say that a site can be reached again.")
    async def end_outage(self, info: Info, id: UUID, version: int) -> OutageOrProblem:
        """End an outage."""
        return await info.context.content.end_outage(id, version)

    @strawberry.mutation(description="Register an organization's first working rule of a kind.")
    async def adopt_procedure(
        self, info: Info, input: supervision.NewProcedure
    ) -> ProcedureOrProblem:
        """Adopt a working rule."""
        return await info.context.content.adopt_procedure(input)

    @strawberry.mutation(description="Put a new edition in a working rule's place.")
    async def replace_procedure(
        self, info: Info, id: UUID, version: int, input: supervision.ProcedureEdition
    ) -> ProcedureOrProblem:
        """Replace a working rule."""
        return await info.context.content.replace_procedure(id, input, version)
