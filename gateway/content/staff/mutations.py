"""What staff do about their logins."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.staff import SessionView

SessionOrProblem = Annotated[SessionView | Problem, strawberry.union("SessionOrProblem")]


@strawberry.type
class StaffMutation:
    """Logging out from afar."""

    @strawberry.mutation(description="End a login; it gets no more tokens.")
    async def end_session(self, info: Info, id: UUID) -> SessionOrProblem:
        """End a session."""
        return await info.context.content.end_session(id)
