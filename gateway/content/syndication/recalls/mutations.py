"""What sites say of the copies they show."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.recalls.types import Copy
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.recalls import CopyReport

strawberry.pydantic.input(CopyReport, name="CopyReportInput", description=CopyReport.__doc__)

CopyOrProblem = Annotated[Copy | Problem, strawberry.union("CopyOrProblem")]


@strawberry.type
class RecallsMutation:
    """Reporting that copies are gone or put right."""

    @strawberry.mutation(
        description="Say that a copy was taken down or put right; its page is then read at once."
    )
    async def report_copy(
        self, info: Info, copy_id: UUID, version: int, input: CopyReport
    ) -> CopyOrProblem:
        """Report a copy."""
        return await info.context.content.report_copy(copy_id, input, version)
