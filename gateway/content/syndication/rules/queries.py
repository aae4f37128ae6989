"""What those who keep standing rules may ask."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.rules.types import DirectiveRule
from gateway.context import Info
from gateway.problem import Problem, find
from shared.contracts.binding import DirectivePreview
from shared.contracts.directive_rules import NewRule, RuleState

strawberry.pydantic.input(NewRule, name="NewRuleInput", description=NewRule.__doc__)

RulePreviewOrProblem = Annotated[
    DirectivePreview | Problem, strawberry.union("RulePreviewOrProblem")
]


@strawberry.type
class RulesQuery:
    """Standing rules by which directives are issued."""

    @strawberry.field(description="A rule, to those who may issue in its issuer's name.")
    async def directive_rule(self, info: Info, id: UUID) -> DirectiveRule | None:
        """Return a rule, if the reader's posts reach it."""
        return await find(info.context.content.rule(id))

    @strawberry.field(description="Rules the reader may issue in the name of, newest first.")
    async def directive_rules(
        self,
        info: Info,
        state: RuleState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DirectiveRule]:
        """Return a page of rules."""
        return connect(await info.context.content.rules(state, first, after), after)

    @strawberry.field(description="Whom a rule would bind if it issued now; nothing is made.")
    async def preview_directive_rule(self, info: Info, input: NewRule) -> RulePreviewOrProblem:
        """Preview a rule."""
        return await info.context.content.preview_rule(input)
