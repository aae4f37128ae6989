"""What goes out and comes back."""

from typing import Annotated
from uuid import UUID

import strawberry
from pydantic import AwareDatetime

from gateway.arguments import OrganizationCode, VersionOrNew
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import index_number, release, scheduling, validity

for plain in (
    release.Withdrawal,
    scheduling.Rescheduling,
    validity.NewValidity,
    index_number.NewIndexPattern,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

ReleaseOrProblem = Annotated[release.ReleaseView | Problem, strawberry.union("ReleaseOrProblem")]
WithdrawnOrProblem = Annotated[release.Withdrawn | Problem, strawberry.union("WithdrawnOrProblem")]
ValidityOrProblem = Annotated[validity.Validity | Problem, strawberry.union("ValidityOrProblem")]
IndexPatternOrProblem = Annotated[
    index_number.IndexPattern | Problem, strawberry.union("IndexPatternOrProblem")
]
ScheduledOrProblem = Annotated[
    scheduling.ScheduledRelease | Problem, strawberry.union("ScheduledReleaseOrProblem")
]


@strawberry.pydantic.input(description="Items that go out together, at a time within a year.")
class ScheduledReleaseInput(release.ReleaseOrder):
    """A release that is not to happen at once."""

    at: AwareDatetime


@strawberry.type
class ReleaseMutation:
    """Releasing, withdrawing, and saying what became of policies."""

    @strawberry.mutation(description="Make items public at one instant: all of them or none.")
    async def release_items(self, info: Info, input: release.NewRelease) -> ReleaseOrProblem:
        """Release items."""
        return await info.context.content.release_items(input)

    @strawberry.mutation(description="Set a release for a time: all of its items or none.")
    async def schedule_release(
        self, info: Info, input: ScheduledReleaseInput
    ) -> ScheduledOrProblem:
        """Schedule a release."""
        return await info.context.content.schedule_release(input)

    @strawberry.mutation(description="Call a scheduled release off; its items stay as they are.")
    async def cancel_scheduled_release(
        self, info: Info, id: UUID, version: int
    ) -> ScheduledOrProblem:
        """Cancel a scheduled release."""
        return await info.context.content.cancel_scheduled_release(id, version)

    @strawberry.mutation(description="Set a scheduled release for another time.")
    async def reschedule_release(
        self, info: Info, id: UUID, version: int, input: scheduling.Rescheduling
    ) -> ScheduledOrProblem:
        """Reschedule a release."""
        return await info.context.content.reschedule_release(id, input, version)

    @strawberry.mutation(description="Take a public item back, from every API at one instant.")
    async def withdraw_item(
        self, info: Info, item_id: UUID, input: release.Withdrawal
    ) -> WithdrawnOrProblem:
        """Withdraw an item."""
        return await info.context.content.withdraw_item(item_id, input)

    @strawberry.mutation(description="Record whether a policy is in force, and what replaced it.")
    async def record_validity(
        self, info: Info, item_id: UUID, input: validity.NewValidity
    ) -> ValidityOrProblem:
        """Record a policy's validity."""
        return await info.context.content.record_validity(item_id, input)

    @strawberry.mutation(
        description="Say how an organization, and those below it without a pattern, number items."
    )
    async def set_index_pattern(
        self,
        info: Info,
        organization: OrganizationCode,
        input: index_number.NewIndexPattern,
        version: VersionOrNew = None,
    ) -> IndexPatternOrProblem:
        """Set a pattern of index numbers."""
        return await info.context.content.set_index_pattern(organization, input, version)
