"""What can be done to content: one call upstream each; a refusal comes back as a Problem."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.types import Directive, Draft, Obligation
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import directing, drafting, item_files, item_text, release

for plain in (
    item_text.Waiver,
    item_files.Picture,
    item_files.Attachment,
    item_files.Recording,
    item_files.RelatedLink,
    drafting.Draft,
    drafting.NewItem,
    drafting.ReviewDecision,
    release.ItemVersion,
    release.NewRelease,
    release.Withdrawal,
    directing.NewDirective,
    directing.ObligationAnswer,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

DraftOrProblem = Annotated[Draft | Problem, strawberry.union("DraftOrProblem")]
ReleaseOrProblem = Annotated[release.ReleaseView | Problem, strawberry.union("ReleaseOrProblem")]
WithdrawnOrProblem = Annotated[release.Withdrawn | Problem, strawberry.union("WithdrawnOrProblem")]
DirectiveOrProblem = Annotated[Directive | Problem, strawberry.union("DirectiveOrProblem")]
ObligationOrProblem = Annotated[Obligation | Problem, strawberry.union("ObligationOrProblem")]


@strawberry.type
class ContentMutation:
    """What editors, reviewers, issuers and sites do."""

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

    @strawberry.mutation(description="Hand an item's text to its reviewers.")
    async def submit_for_review(self, info: Info, item_id: UUID, version: int) -> DraftOrProblem:
        """Submit an item."""
        return await info.context.content.submit_for_review(item_id, version)

    @strawberry.mutation(description="Approve or return exactly the text that was read.")
    async def review_item(
        self, info: Info, item_id: UUID, version: int, input: drafting.ReviewDecision
    ) -> DraftOrProblem:
        """Review an item."""
        return await info.context.content.review_item(item_id, input, version)

    @strawberry.mutation(description="Make items public at one instant: all of them or none.")
    async def release_items(self, info: Info, input: release.NewRelease) -> ReleaseOrProblem:
        """Release items."""
        return await info.context.content.release_items(input)

    @strawberry.mutation(description="Take a public item back, from every API at one instant.")
    async def withdraw_item(
        self, info: Info, item_id: UUID, input: release.Withdrawal
    ) -> WithdrawnOrProblem:
        """Withdraw an item."""
        return await info.context.content.withdraw_item(item_id, input)

    @strawberry.mutation(description="Order sites to repost a public item.")
    async def issue_directive(
        self, info: Info, input: directing.NewDirective
    ) -> DirectiveOrProblem:
        """Issue a directive."""
        return await info.context.content.issue_directive(input)

    @strawberry.mutation(description="Repost an item on a site, or decline with a reason.")
    async def respond_to_directive(
        self, info: Info, obligation_id: UUID, version: int, input: directing.ObligationAnswer
    ) -> ObligationOrProblem:
        """Answer an obligation."""
        return await info.context.content.respond_to_directive(obligation_id, input, version)
