"""What those who work on items may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.editorial.types import Draft
from gateway.context import Info
from gateway.problem import find
from shared.contracts.content import Stage
from shared.contracts.tasking import Task


@strawberry.type
class EditorialQuery:
    """Drafts, and what falls to the reader."""

    @strawberry.field(description="An item as its editors and reviewers see it.")
    async def draft(self, info: Info, id: UUID) -> Draft | None:
        """Return a draft, if the reader's posts reach it."""
        return await find(info.context.content.draft(id))

    @strawberry.field(description="Items as their editors and reviewers see them, newest first.")
    async def drafts(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        column_id: UUID | None = None,
        stage: Stage | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Draft]:
        """Return a page of what the reader's posts reach."""
        page = await info.context.content.drafts(site_code, column_id, stage, first, after)
        return connect(page, after)

    @strawberry.field(description="The open tasks that fall to the reader, oldest first.")
    async def my_tasks(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Task]:
        """Return a page of the reader's tasks."""
        return connect(await info.context.content.my_tasks(first, after), after)
