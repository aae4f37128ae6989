"""What those who work on items may ask."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.editorial.types import Draft, Vocabulary
from gateway.context import Info
from gateway.problem import Problem, find
from shared.contracts.checking import CheckRule
from shared.contracts.content import Stage
from shared.contracts.document import DocumentText, ImportedDocument
from shared.contracts.reviewing import ReviewLevels
from shared.contracts.tasking import Task

strawberry.pydantic.input(DocumentText, name="DocumentTextInput", description=DocumentText.__doc__)

DocumentOrProblem = Annotated[ImportedDocument | Problem, strawberry.union("DocumentOrProblem")]


@strawberry.type
class EditorialQuery:
    """Drafts, what falls to the reader, and what texts are held against."""

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

    @strawberry.field(
        description="What can be read out of a pasted text, HTML or Markdown; nothing is stored."
    )
    async def read_document(self, info: Info, input: DocumentText) -> DocumentOrProblem:
        """Read a pasted document."""
        return await info.context.content.read_document(input)

    @strawberry.field(description="The vocabularies that items are classed by.")
    async def vocabularies(self, info: Info) -> list[Vocabulary]:
        """Return every vocabulary with its terms."""
        listed = await info.context.content.vocabularies()
        return [Vocabulary(name=name, terms=terms) for name, terms in listed.items()]

    @strawberry.field(
        description="Every code the checks report: what blocks, what may be waived, and why."
    )
    async def check_rules(self, info: Info) -> list[CheckRule]:
        """Return the rules of the checks."""
        return await info.context.content.check_rules()

    @strawberry.field(
        description="The reviews an organization itself set to come before the leader's."
    )
    async def review_levels(
        self, info: Info, organization: OrganizationCode
    ) -> ReviewLevels | None:
        """Return an organization's added reviews, if it set any."""
        return await find(info.context.content.review_levels(organization))
