"""Supply, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.supply.types import Contribution, SupplyTask
from gateway.upstream import Upstream
from shared.contracts import supply
from shared.contracts.page import Page
from shared.contracts.supply import ContributionState, SupplyTaskState


@dataclass(frozen=True)
class SupplyClient:
    """What units owe and send, on behalf of one reader."""

    upstream: Upstream

    async def supply_tasks(
        self,
        site_code: str | None,
        state: SupplyTaskState | None,
        first: int,
        after: str | None,
    ) -> Page[SupplyTask]:
        """Return a page of what units owe."""
        return await self.upstream.get(
            Page[SupplyTask],
            "/v1/supply-tasks",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def contributions(
        self,
        site_code: str | None,
        task_id: UUID | None,
        state: ContributionState | None,
        first: int,
        after: str | None,
    ) -> Page[Contribution]:
        """Return a page of what units sent."""
        return await self.upstream.get(
            Page[Contribution],
            "/v1/contributions",
            site_code=site_code,
            task_id=task_id,
            state=state,
            first=first,
            after=after,
        )

    async def submit_contribution(self, new: supply.NewContribution) -> Contribution:
        """Send a text to a site."""
        return await self.upstream.post(Contribution, "/v1/contributions", new)

    async def revise_contribution(
        self, contribution_id: UUID, text: supply.ContributionText, version: int
    ) -> Contribution:
        """Send a text again, put right."""
        path = f"/v1/contributions/{contribution_id}"
        return await self.upstream.post(Contribution, path, text, version=version, method="PUT")

    async def adopt_contribution(
        self, contribution_id: UUID, adoption: supply.Adoption, version: int
    ) -> Contribution:
        """Make a contribution the first text of an item."""
        path = f"/v1/contributions/{contribution_id}/adoption"
        return await self.upstream.post(Contribution, path, adoption, version=version)

    async def return_contribution(
        self, contribution_id: UUID, because: supply.Because, version: int
    ) -> Contribution:
        """Send a contribution back to be put right."""
        path = f"/v1/contributions/{contribution_id}/return"
        return await self.upstream.post(Contribution, path, because, version=version)
