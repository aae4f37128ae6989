"""Directives, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.directives.types import Directive, Obligation
from gateway.upstream import Upstream
from shared.contracts import declining, receipts
from shared.contracts.binding import DeadlinePolicy, DirectivePreview
from shared.contracts.directives import Due, NewDirective, ObligationAnswer, ObligationState
from shared.contracts.page import Page


@dataclass(frozen=True)
class DirectivesClient:
    """Directives and obligations on behalf of one reader."""

    upstream: Upstream

    async def issue_directive(self, new: NewDirective) -> Directive:
        """Order sites to repost an item."""
        return await self.upstream.post(Directive, "/v1/directives", new)

    async def preview_directive(self, new: NewDirective) -> DirectivePreview:
        """Return whom an order would bind and by when."""
        return await self.upstream.post(DirectivePreview, "/v1/directives/preview", new)

    async def deadline_policies(self) -> list[DeadlinePolicy]:
        """Return how deadlines may be counted."""
        return await self.upstream.get(list[DeadlinePolicy], "/v1/deadline-policies")

    async def directives(
        self, item_id: UUID | None, rule_id: UUID | None, first: int, after: str | None
    ) -> Page[Directive]:
        """Return a page of the orders in whose issuers' names the reader may issue."""
        return await self.upstream.get(
            Page[Directive],
            "/v1/directives",
            item_id=item_id,
            rule_id=rule_id,
            first=first,
            after=after,
        )

    async def directive(self, directive_id: UUID) -> Directive:
        """Return an order to repost an item."""
        return await self.upstream.get(Directive, f"/v1/directives/{directive_id}")

    async def coverage(
        self,
        directive_id: UUID,
        state: ObligationState | None,
        due: Due | None,
        first: int,
        after: str | None,
    ) -> Page[Obligation]:
        """Return a page of what the sites did about a directive."""
        path = f"/v1/directives/{directive_id}/obligations"
        return await self.upstream.get(
            Page[Obligation], path, state=state, due=due, first=first, after=after
        )

    async def obligations(
        self,
        site_code: str | None,
        state: ObligationState | None,
        due: Due | None,
        first: int,
        after: str | None,
    ) -> Page[Obligation]:
        """Return a page of what the reader's sites owe."""
        return await self.upstream.get(
            Page[Obligation],
            "/v1/obligations",
            site_code=site_code,
            state=state,
            due=due,
            first=first,
            after=after,
        )

    async def escalations(
        self,
        site_code: str | None,
        state: ObligationState | None,
        first: int,
        after: str | None,
    ) -> Page[Obligation]:
        """Return a page of what came to the reader as supervisor."""
        return await self.upstream.get(
            Page[Obligation],
            "/v1/escalations",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def respond_to_directive(
        self, obligation_id: UUID, answer: ObligationAnswer, version: int
    ) -> Obligation:
        """Repost an item on a site, or decline with a reason."""
        path = f"/v1/obligations/{obligation_id}/answer"
        return await self.upstream.post(Obligation, path, answer, version=version)

    async def rule_on_decline(
        self, obligation_id: UUID, decision: declining.DeclineDecision, version: int
    ) -> Obligation:
        """Accept a site's decline, or reject it."""
        path = f"/v1/obligations/{obligation_id}/ruling"
        return await self.upstream.post(Obligation, path, decision, version=version)

    async def declines(
        self, obligation_id: UUID, first: int, after: str | None
    ) -> Page[declining.Decline]:
        """Return a page of what a site declined and its issuer ruled."""
        path = f"/v1/obligations/{obligation_id}/declines"
        return await self.upstream.get(Page[declining.Decline], path, first=first, after=after)

    async def claim_repost(
        self, obligation_id: UUID, claim: receipts.NewClaim, version: int
    ) -> Obligation:
        """Say where a repost stands."""
        path = f"/v1/obligations/{obligation_id}/claim"
        return await self.upstream.post(Obligation, path, claim, version=version)

    async def page_readings(
        self, obligation_id: UUID, first: int, after: str | None
    ) -> Page[receipts.PageReading]:
        """Return a page of the readings of a repost."""
        path = f"/v1/obligations/{obligation_id}/readings"
        return await self.upstream.get(Page[receipts.PageReading], path, first=first, after=after)
