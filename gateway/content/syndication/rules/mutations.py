"""What issuers do with their standing rules."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.rules.types import DirectiveRule
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.directive_rules import NewRule, RuleData

strawberry.pydantic.input(RuleData, name="RuleDataInput", description=RuleData.__doc__)

DirectiveRuleOrProblem = Annotated[
    DirectiveRule | Problem, strawberry.union("DirectiveRuleOrProblem")
]


@strawberry.type
class RulesMutation:
    """Standing rules by which directives are issued."""

    @strawberry.mutation(
        description="Issue a directive from now on whenever what the rule is about is released."
    )
    async def make_directive_rule(self, info: Info, input: NewRule) -> DirectiveRuleOrProblem:
        """Make a rule."""
        return await info.context.content.make_rule(input)

    @strawberry.mutation(description="Let a rule issue otherwise; what it issued stands.")
    async def change_directive_rule(
        self, info: Info, id: UUID, version: int, input: RuleData
    ) -> DirectiveRuleOrProblem:
        """Change a rule."""
        return await info.context.content.change_rule(id, input, version)

    @strawberry.mutation(description="Let a rule pass over what is released until it is resumed.")
    async def suspend_directive_rule(
        self, info: Info, id: UUID, version: int
    ) -> DirectiveRuleOrProblem:
        """Suspend a rule."""
        return await info.context.content.suspend_rule(id, version)

    @strawberry.mutation(description="Let a rule issue again; what it passed over stays so.")
    async def resume_directive_rule(
        self, info: Info, id: UUID, version: int
    ) -> DirectiveRuleOrProblem:
        """Resume a rule."""
        return await info.context.content.resume_rule(id, version)

    @strawberry.mutation(description="Let a rule issue no more; it is kept with what it did.")
    async def end_directive_rule(
        self, info: Info, id: UUID, version: int
    ) -> DirectiveRuleOrProblem:
        """End a rule."""
        return await info.context.content.end_rule(id, version)
