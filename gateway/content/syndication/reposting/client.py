"""What sites take over, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.reposting.types import AcceptanceRule, Repost, Rewording
from gateway.upstream import Upstream
from shared.contracts import reposting
from shared.contracts.drafting import ReviewDecision
from shared.contracts.page import Page


@dataclass(frozen=True)
class RepostingClient:
    """Reposts, rules and rewordings on behalf of one reader."""

    upstream: Upstream

    async def repost(self, new: reposting.NewRepost) -> Repost:
        """Take a public item over."""
        return await self.upstream.post(Repost, "/v1/reposts", new)

    async def reposts(self, site_code: str | None, first: int, after: str | None) -> Page[Repost]:
        """Return a page of the reposts of the reader's sites."""
        return await self.upstream.get(
            Page[Repost], "/v1/reposts", site_code=site_code, first=first, after=after
        )

    async def change_local_note(
        self, item_id: UUID, new: reposting.NewLocalNote, version: int
    ) -> Repost:
        """Say something else beside a repost."""
        path = f"/v1/reposts/{item_id}/note"
        return await self.upstream.post(Repost, path, new, version=version, method="PUT")

    async def propose_rewording(
        self, obligation_id: UUID, new: reposting.NewRewording, version: int
    ) -> Rewording:
        """Propose to repost in other words."""
        path = f"/v1/obligations/{obligation_id}/rewording"
        return await self.upstream.post(Rewording, path, new, version=version, method="PUT")

    async def review_rewording(
        self, obligation_id: UUID, decision: ReviewDecision, version: int
    ) -> Rewording:
        """Consent to the words of a rewording, or return them."""
        path = f"/v1/obligations/{obligation_id}/rewording/reviews"
        return await self.upstream.post(Rewording, path, decision, version=version)

    async def rewordings(
        self, site_code: str | None, first: int, after: str | None
    ) -> Page[Rewording]:
        """Return a page of the words that wait for reviews."""
        return await self.upstream.get(
            Page[Rewording], "/v1/rewordings", site_code=site_code, first=first, after=after
        )

    async def make_acceptance_rule(self, new: reposting.NewAcceptanceRule) -> AcceptanceRule:
        """Let a site accept by itself what fits."""
        return await self.upstream.post(AcceptanceRule, "/v1/acceptance-rules", new)

    async def acceptance_rules(
        self, site_code: str | None, first: int, after: str | None
    ) -> Page[AcceptanceRule]:
        """Return a page of the rules of the reader's sites."""
        path = "/v1/acceptance-rules"
        return await self.upstream.get(
            Page[AcceptanceRule], path, site_code=site_code, first=first, after=after
        )

    async def change_acceptance_rule(
        self, rule_id: UUID, new: reposting.NewAcceptanceRule, version: int
    ) -> AcceptanceRule:
        """Let a rule fit something else."""
        path = f"/v1/acceptance-rules/{rule_id}"
        return await self.upstream.post(AcceptanceRule, path, new, version=version, method="PUT")

    async def suspend_acceptance_rule(self, rule_id: UUID, version: int) -> AcceptanceRule:
        """Let a rule do nothing until it is resumed."""
        path = f"/v1/acceptance-rules/{rule_id}/suspension"
        return await self.upstream.post(AcceptanceRule, path, version=version)

    async def resume_acceptance_rule(self, rule_id: UUID, version: int) -> AcceptanceRule:
        """Let a rule act again."""
        path = f"/v1/acceptance-rules/{rule_id}/resumption"
        return await self.upstream.post(AcceptanceRule, path, version=version)

    async def end_acceptance_rule(self, rule_id: UUID, version: int) -> AcceptanceRule:
        """End a rule."""
        path = f"/v1/acceptance-rules/{rule_id}"
        return await self.upstream.post(AcceptanceRule, path, version=version, method="DELETE")
