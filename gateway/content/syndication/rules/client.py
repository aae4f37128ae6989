"""Standing rules, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.rules.types import DirectiveRule
from gateway.upstream import Upstream
from shared.contracts.binding import DirectivePreview
from shared.contracts.directive_rules import NewRule, RuleData, RuleFiring, RuleState
from shared.contracts.page import Page


@dataclass(frozen=True)
class RulesClient:
    """Standing rules on behalf of one reader."""

    upstream: Upstream

    async def make_rule(self, new: NewRule) -> DirectiveRule:
        """Make a rule."""
        return await self.upstream.post(DirectiveRule, "/v1/directive-rules", new)

    async def preview_rule(self, new: NewRule) -> DirectivePreview:
        """Return whom a rule would bind and by when."""
        return await self.upstream.post(DirectivePreview, "/v1/directive-rules/preview", new)

    async def rules(
        self, state: RuleState | None, first: int, after: str | None
    ) -> Page[DirectiveRule]:
        """Return a page of the rules in whose issuers' names the reader may issue."""
        return await self.upstream.get(
            Page[DirectiveRule], "/v1/directive-rules", state=state, first=first, after=after
        )

    async def rule(self, rule_id: UUID) -> DirectiveRule:
        """Return a rule."""
        return await self.upstream.get(DirectiveRule, f"/v1/directive-rules/{rule_id}")

    async def rule_firings(self, rule_id: UUID, first: int, after: str | None) -> Page[RuleFiring]:
        """Return a page of what a rule did."""
        path = f"/v1/directive-rules/{rule_id}/firings"
        return await self.upstream.get(Page[RuleFiring], path, first=first, after=after)

    async def change_rule(self, rule_id: UUID, new: RuleData, version: int) -> DirectiveRule:
        """Change a rule."""
        path = f"/v1/directive-rules/{rule_id}"
        return await self.upstream.post(DirectiveRule, path, new, version=version, method="PUT")

    async def suspend_rule(self, rule_id: UUID, version: int) -> DirectiveRule:
        """Let a rule rest."""
        path = f"/v1/directive-rules/{rule_id}/suspension"
        return await self.upstream.post(DirectiveRule, path, version=version)

    async def resume_rule(self, rule_id: UUID, version: int) -> DirectiveRule:
        """Let a rule issue again."""
        path = f"/v1/directive-rules/{rule_id}/resumption"
        return await self.upstream.post(DirectiveRule, path, version=version)

    async def end_rule(self, rule_id: UUID, version: int) -> DirectiveRule:
        """End a rule."""
        path = f"/v1/directive-rules/{rule_id}"
        return await self.upstream.post(DirectiveRule, path, version=version, method="DELETE")
