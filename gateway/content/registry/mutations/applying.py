"""Applying for changes of sites and columns, and deciding about them."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.registry.filing import ChangeInput
from gateway.content.registry.types import Application
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import applying
from shared.contracts.text import Reason, SiteCode, Strict

strawberry.pydantic.input(
    applying.Decision, name="ApplicationDecisionInput", description=applying.Decision.__doc__
)


@strawberry.pydantic.input(description="For which site a change is applied for, and why.")
class ApplicationInput(Strict):
    """An application without its change, which GraphQL takes beside it."""

    site_code: SiteCode
    reason: Reason


ApplicationOrProblem = Annotated[Application | Problem, strawberry.union("ApplicationOrProblem")]


@strawberry.type
class ApplyingMutation:
    """What sponsors apply for, and what supervising organizations decide."""

    @strawberry.mutation(description="Apply for a change of an open site or its columns.")
    async def file_application(
        self, info: Info, input: ApplicationInput, change: ChangeInput
    ) -> ApplicationOrProblem:
        """File an application."""
        new = applying.NewApplication(**dict(input), change=change.only())
        return await info.context.content.file_application(new)

    @strawberry.mutation(
        description="Approve an application, which is done at once, or refuse it with a reason."
    )
    async def decide_application(
        self, info: Info, id: UUID, version: int, input: applying.Decision
    ) -> ApplicationOrProblem:
        """Decide about an application."""
        return await info.context.content.decide_application(id, input, version)

    @strawberry.mutation(description="Want a change no longer that nobody has decided about.")
    async def withdraw_application(
        self, info: Info, id: UUID, version: int
    ) -> ApplicationOrProblem:
        """Withdraw an application."""
        return await info.context.content.withdraw_application(id, version)
