"""Supply, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gateway.content.supply.types import Commission, Contribution, SupplyTask
from gateway.upstream import Upstream
from shared.contracts import commissioning, supply
from shared.contracts.commissioning import CommissionState, Expert
from shared.contracts.page import Page
from shared.contracts.supply import ContributionCount, ContributionState, SupplyTaskState


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

    async def supply_task(self, task_id: UUID) -> SupplyTask:
        """Return what a unit owes."""
        return await self.upstream.get(SupplyTask, f"/v1/supply-tasks/{task_id}")

    async def ask_for_supply(self, new: supply.NewSupplyTask) -> SupplyTask:
        """Ask a unit for something."""
        return await self.upstream.post(SupplyTask, "/v1/supply-tasks", new)

    async def fulfil_supply_task(
        self, task_id: UUID, by: supply.Fulfilment, version: int
    ) -> SupplyTask:
        """Say which item is what was owed."""
        path = f"/v1/supply-tasks/{task_id}/fulfilment"
        return await self.upstream.post(SupplyTask, path, by, version=version)

    async def return_supply_task(
        self, task_id: UUID, because: supply.Because, version: int
    ) -> SupplyTask:
        """Send what was asked for back undone."""
        path = f"/v1/supply-tasks/{task_id}/return"
        return await self.upstream.post(SupplyTask, path, because, version=version)

    async def cancel_supply_task(
        self, task_id: UUID, because: supply.Because, version: int
    ) -> SupplyTask:
        """Ask for something no longer."""
        path = f"/v1/supply-tasks/{task_id}/cancellation"
        return await self.upstream.post(SupplyTask, path, because, version=version)

    async def contribution(self, contribution_id: UUID) -> Contribution:
        """Return what a unit sent."""
        return await self.upstream.get(Contribution, f"/v1/contributions/{contribution_id}")

    async def contribution_counts(
        self,
        since: date,
        until: date,
        site_code: str | None,
        first: int,
        after: str | None,
    ) -> Page[ContributionCount]:
        """Return a page of how much each unit sent."""
        span = {"from": since, "to": until}
        return await self.upstream.get(
            Page[ContributionCount],
            "/v1/contributions/counts",
            site_code=site_code,
            first=first,
            after=after,
            **span,
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

    async def withdraw_contribution(self, contribution_id: UUID, version: int) -> Contribution:
        """Take a contribution back."""
        path = f"/v1/contributions/{contribution_id}/withdrawal"
        return await self.upstream.post(Contribution, path, version=version)

    async def decline_contribution(
        self, contribution_id: UUID, because: supply.Because, version: int
    ) -> Contribution:
        """Refuse a contribution."""
        path = f"/v1/contributions/{contribution_id}/refusal"
        return await self.upstream.post(Contribution, path, because, version=version)

    async def experts(self, first: int, after: str | None) -> Page[Expert]:
        """Return a page of the registers of experts."""
        return await self.upstream.get(Page[Expert], "/v1/experts", first=first, after=after)

    async def register_expert(self, new: commissioning.NewExpert) -> Expert:
        """Enter an expert in an organization's register."""
        return await self.upstream.post(Expert, "/v1/experts", new)

    async def change_expert(
        self, expert_id: UUID, entry: commissioning.ExpertEntry, version: int
    ) -> Expert:
        """Put right what a register says of an expert."""
        path = f"/v1/experts/{expert_id}"
        return await self.upstream.post(Expert, path, entry, version=version, method="PUT")

    async def commission(self, commission_id: UUID) -> Commission:
        """Return a commission."""
        return await self.upstream.get(Commission, f"/v1/commissions/{commission_id}")

    async def commissions(
        self,
        site_code: str | None,
        state: CommissionState | None,
        first: int,
        after: str | None,
    ) -> Page[Commission]:
        """Return a page of commissions."""
        return await self.upstream.get(
            Page[Commission],
            "/v1/commissions",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def give_commission(self, new: commissioning.NewCommission) -> Commission:
        """Ask an expert or a medium for a piece of work."""
        return await self.upstream.post(Commission, "/v1/commissions", new)

    async def move_commission(
        self, commission_id: UUID, step: commissioning.CommissionStep, version: int
    ) -> Commission:
        """Take a commission a step on."""
        path = f"/v1/commissions/{commission_id}/step"
        return await self.upstream.post(Commission, path, step, version=version)
