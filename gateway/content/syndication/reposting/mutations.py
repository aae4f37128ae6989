"""What sites do about what others published."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.reposting.types import AcceptanceRule, Repost, Rewording
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import drafting, reposting

for plain in (
    reposting.NewRepost,
    reposting.NewLocalNote,
    reposting.NewRewording,
    reposting.NewAcceptanceRule,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

RepostOrProblem = Annotated[Repost | Problem, strawberry.union("RepostOrProblem")]
RewordingOrProblem = Annotated[Rewording | Problem, strawberry.union("RewordingOrProblem")]
AcceptanceRuleOrProblem = Annotated[
    AcceptanceRule | Problem, strawberry.union("AcceptanceRuleOrProblem")
]


@strawberry.type
class RepostingMutation:
    """Taking over, by hand and by rule."""

    @strawberry.mutation(
        description="Take a public item of the group over into a column, unchanged."
    )
    async def repost(self, info: Info, input: reposting.NewRepost) -> RepostOrProblem:
        """Repost of a site's own accord."""
        return await info.context.content.repost(input)

    @strawberry.mutation(description="Say something else beside a repost (本地按语), or nothing.")
    async def change_local_note(
        self, info: Info, id: UUID, version: int, input: reposting.NewLocalNote
    ) -> RepostOrProblem:
        """Change the note of a repost."""
        return await info.context.content.change_local_note(id, input, version)

    @strawberry.mutation(
        description="Propose another title, or a summary, as far as the directive allows."
    )
    async def propose_rewording(
        self, info: Info, obligation_id: UUID, version: int, input: reposting.NewRewording
    ) -> RewordingOrProblem:
        """Propose words of a site's own."""
        return await info.context.content.propose_rewording(obligation_id, input, version)

    @strawberry.mutation(
        description="Consent to exactly these words, or return them; the last consent places them."
    )
    async def review_rewording(
        self, info: Info, obligation_id: UUID, version: int, input: drafting.ReviewDecision
    ) -> RewordingOrProblem:
        """Review words of a site's own."""
        return await info.context.content.review_rewording(obligation_id, input, version)

    @strawberry.mutation(
        description="Let a site accept by itself what fits, as soon as it is ordered."
    )
    async def make_acceptance_rule(
        self, info: Info, input: reposting.NewAcceptanceRule
    ) -> AcceptanceRuleOrProblem:
        """Make a rule."""
        return await info.context.content.make_acceptance_rule(input)

    @strawberry.mutation(
        description="Let a rule fit something else, from now on in the bearer's name."
    )
    async def change_acceptance_rule(
        self, info: Info, id: UUID, version: int, input: reposting.NewAcceptanceRule
    ) -> AcceptanceRuleOrProblem:
        """Change a rule."""
        return await info.context.content.change_acceptance_rule(id, input, version)

    @strawberry.mutation(description="Let a rule do nothing until it is resumed.")
    async def suspend_acceptance_rule(
        self, info: Info, id: UUID, version: int
    ) -> AcceptanceRuleOrProblem:
        """Suspend a rule."""
        return await info.context.content.suspend_acceptance_rule(id, version)

    @strawberry.mutation(description="Let a rule act again, on what is ordered from now on.")
    async def resume_acceptance_rule(
        self, info: Info, id: UUID, version: int
    ) -> AcceptanceRuleOrProblem:
        """Resume a rule."""
        return await info.context.content.resume_acceptance_rule(id, version)

    @strawberry.mutation(description="End a rule; it stays to be read.")
    async def end_acceptance_rule(
        self, info: Info, id: UUID, version: int
    ) -> AcceptanceRuleOrProblem:
        """End a rule."""
        return await info.context.content.end_acceptance_rule(id, version)
