"""Standing rules as GraphQL types, with what they did."""

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import binding, directive_rules

for plain, name in (
    (directive_rules.Trigger, "RuleTrigger"),
    (directive_rules.RuleFiring, "RuleFiring"),
    (binding.Terms, "DirectiveTerms"),
):
    strawberry.pydantic.type(plain, name=name, description=plain.__doc__)


@strawberry.pydantic.type(description=directive_rules.DirectiveRule.__doc__)
class DirectiveRule(directive_rules.DirectiveRule):
    """A rule with what it did about each item."""

    @strawberry.pydantic.field(description="What it did about each item it met, latest first.")
    async def firings(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[directive_rules.RuleFiring]:
        """Return a page of what the rule did."""
        return connect(await info.context.content.rule_firings(self.id, first, after), after)
