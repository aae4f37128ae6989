"""What editors and reviewers do."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode, VersionOrNew
from gateway.content.editorial.types import Draft
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import drafting, item_files, item_text, remarking, reviewing, tasking

for plain in (
    item_text.Waiver,
    item_files.Picture,
    item_files.Attachment,
    item_files.Recording,
    item_files.RelatedLink,
    drafting.Draft,
    drafting.NewItem,
    drafting.ReviewDecision,
    drafting.Submission,
    reviewing.WantedLevels,
    tasking.NewWriting,
    tasking.AfterReview,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)
strawberry.pydantic.input(
    tasking.Assignment, name="TaskAssignmentInput", description=tasking.Assignment.__doc__
)

DraftOrProblem = Annotated[Draft | Problem, strawberry.union("DraftOrProblem")]
CommentOrProblem = Annotated[remarking.Comment | Problem, strawberry.union("CommentOrProblem")]
ReviewLevelsOrProblem = Annotated[
    reviewing.ReviewLevels | Problem, strawberry.union("ReviewLevelsOrProblem")
]
TaskOrProblem = Annotated[tasking.Task | Problem, strawberry.union("TaskOrProblem")]


@strawberry.enum(description="Which field of a text a remark is about.")
class RemarkedField(StrEnum):
    """A field of a text that can be remarked on."""

    TITLE = "title"
    BODY = "body"
    SUMMARY = "summary"


@strawberry.pydantic.input(description=remarking.NewComment.__doc__)
class NewCommentInput(remarking.NewComment):
    """A remark whose field GraphQL can name."""

    field: RemarkedField  # type: ignore[assignment]  # the same words


@strawberry.type
class EditorialMutation:
    """Writing, reviewing, remarking and giving out work."""

    @strawberry.mutation(description="Write the first text of an item.")
    async def create_item(self, info: Info, input: drafting.NewItem) -> DraftOrProblem:
        """Write an item."""
        return await info.context.content.create_item(input)

    @strawberry.mutation(description="Replace an item's text; earlier approvals do not count.")
    async def revise_item(
        self, info: Info, item_id: UUID, version: int, input: drafting.Draft
    ) -> DraftOrProblem:
        """Revise an item."""
        return await info.context.content.revise_item(item_id, input, version)

    @strawberry.mutation(description="Make an earlier text of an item its present one again.")
    async def restore_revision(
        self, info: Info, item_id: UUID, number: int, version: int
    ) -> DraftOrProblem:
        """Restore a text."""
        return await info.context.content.restore_revision(item_id, number, version)

    @strawberry.mutation(description="Hand an item's text to its reviewers.")
    async def submit_for_review(
        self, info: Info, item_id: UUID, version: int, input: drafting.Submission | None = None
    ) -> DraftOrProblem:
        """Submit an item."""
        return await info.context.content.submit_for_review(item_id, input, version)

    @strawberry.mutation(description="Approve or return exactly the text that was read.")
    async def review_item(
        self, info: Info, item_id: UUID, version: int, input: drafting.ReviewDecision
    ) -> DraftOrProblem:
        """Review an item."""
        return await info.context.content.review_item(item_id, input, version)

    @strawberry.mutation(description="Take the second look that an emergency text owes.")
    async def review_afterwards(
        self, info: Info, item_id: UUID, input: tasking.AfterReview
    ) -> DraftOrProblem:
        """Review an emergency text afterwards."""
        return await info.context.content.review_afterwards(item_id, input)

    @strawberry.mutation(description="Remark on a stretch of one of an item's texts.")
    async def comment_on(
        self, info: Info, item_id: UUID, input: NewCommentInput
    ) -> CommentOrProblem:
        """Remark on a text."""
        return await info.context.content.comment_on(item_id, input)

    @strawberry.mutation(description="Call a remark dealt with.")
    async def settle_comment(self, info: Info, comment_id: UUID, version: int) -> CommentOrProblem:
        """Settle a remark."""
        return await info.context.content.settle_comment(comment_id, version)

    @strawberry.mutation(description="Say whom a task falls to, and by when.")
    async def assign_task(
        self, info: Info, task_id: UUID, version: int, input: tasking.Assignment
    ) -> TaskOrProblem:
        """Assign a task."""
        return await info.context.content.assign_task(task_id, input, version)

    @strawberry.mutation(description="Ask somebody to write or change an item.")
    async def ask_to_write(
        self, info: Info, item_id: UUID, input: tasking.NewWriting
    ) -> TaskOrProblem:
        """Ask for writing."""
        return await info.context.content.ask_to_write(item_id, input)

    @strawberry.mutation(
        description="Say which reviews come before the leader's, for an organization and below."
    )
    async def set_review_levels(
        self,
        info: Info,
        organization: OrganizationCode,
        input: reviewing.WantedLevels,
        version: VersionOrNew = None,
    ) -> ReviewLevelsOrProblem:
        """Set an organization's added reviews."""
        return await info.context.content.set_review_levels(organization, input, version)
