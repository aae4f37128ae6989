"""What those who release may ask."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode
from gateway.connection import After, Connection, First, connect
from gateway.content.release.types import ReleasePreview
from gateway.context import Info
from gateway.problem import Problem, find
from shared.contracts.index_number import IndexNumber, IndexPattern
from shared.contracts.release import ItemVersion, NewRelease, PublicStep
from shared.contracts.scheduling import ScheduledRelease, ScheduledReleaseInFull, ScheduleState
from shared.contracts.validity import Validity

for plain in (ItemVersion, NewRelease):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

PreviewOrProblem = Annotated[ReleasePreview | Problem, strawberry.union("PreviewOrProblem")]


@strawberry.type
class ReleaseQuery:
    """Releases that are to come, and what became of those that went out."""

    @strawberry.field(description="One release set for a time, with its items.")
    async def scheduled_release(self, info: Info, id: UUID) -> ScheduledReleaseInFull | None:
        """Return a scheduled release, if the reader's posts reach it."""
        return await find(info.context.content.scheduled_release(id))

    @strawberry.field(description="The releases set for a time that the reader's posts reach.")
    async def scheduled_releases(
        self,
        info: Info,
        state: ScheduleState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ScheduledRelease]:
        """Return a page of scheduled releases."""
        return connect(await info.context.content.scheduled_releases(state, first, after), after)

    @strawberry.field(
        description="What keeps a release back and what the public would read; nothing changes."
    )
    async def preview_release(self, info: Info, input: NewRelease) -> PreviewOrProblem:
        """Preview a release."""
        return await info.context.content.preview_release(input)

    @strawberry.field(
        description="An item's public history, with what the public is not told, latest first."
    )
    async def public_history(
        self, info: Info, item_id: UUID, first: First = 20, after: After = None
    ) -> Connection[PublicStep]:
        """Return a page of an item's public steps."""
        page = await info.context.content.public_history(item_id, first, after)
        return connect(page, after)

    @strawberry.field(description="What was recorded of a policy's validity, latest first.")
    async def validity_history(
        self, info: Info, item_id: UUID, first: First = 20, after: After = None
    ) -> Connection[Validity]:
        """Return a page of a policy's validity."""
        return connect(await info.context.content.validity_of(item_id, first, after), after)

    @strawberry.field(description="The pattern an organization set for its index numbers.")
    async def index_pattern(
        self, info: Info, organization: OrganizationCode
    ) -> IndexPattern | None:
        """Return an organization's pattern, if it set one."""
        return await find(info.context.content.index_pattern(organization))

    @strawberry.field(
        description="Index numbers (索引号) of the items the reader works on, or the one named."
    )
    async def index_numbers(
        self, info: Info, index_no: str | None = None, first: First = 20, after: After = None
    ) -> Connection[IndexNumber]:
        """Return a page of index numbers."""
        return connect(await info.context.content.index_numbers(index_no, first, after), after)
