"""What units and the sites they supply may ask."""

from datetime import date
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.supply.types import Commission, Contribution, SupplyTask
from gateway.context import Info
from gateway.problem import find
from shared.contracts.commissioning import CommissionState, Expert
from shared.contracts.supply import ContributionCount, ContributionState, SupplyTaskState


@strawberry.type
class SupplyQuery:
    """What units owe sites and sent them, and what experts were asked for."""

    @strawberry.field(description="One thing a unit owes a site.")
    async def supply_task(self, info: Info, id: UUID) -> SupplyTask | None:
        """Return what is owed, if the reader's posts reach it."""
        return await find(info.context.content.supply_task(id))

    @strawberry.field(description="One text a unit sent to a site.")
    async def contribution(self, info: Info, id: UUID) -> Contribution | None:
        """Return a contribution, if the reader's posts reach it."""
        return await find(info.context.content.contribution(id))

    @strawberry.field(description="What units owe the sites the reader's posts reach.")
    async def supply_tasks(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: SupplyTaskState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SupplyTask]:
        """Return a page of what is owed."""
        page = await info.context.content.supply_tasks(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="What units sent to the sites the reader's posts reach.")
    async def contributions(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        task_id: UUID | None = None,
        state: ContributionState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Contribution]:
        """Return a page of contributions."""
        page = await info.context.content.contributions(site_code, task_id, state, first, after)
        return connect(page, after)

    @strawberry.field(
        description="How much each unit submitted, had adopted and saw published; both days count."
    )
    async def contribution_counts(
        self,
        info: Info,
        since: date,
        until: date,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ContributionCount]:
        """Return a page of counts."""
        page = await info.context.content.contribution_counts(
            since, until, site_code, first, after
        )
        return connect(page, after)

    @strawberry.field(description="The experts in the registers the reader's posts reach.")
    async def experts(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Expert]:
        """Return a page of experts."""
        return connect(await info.context.content.experts(first, after), after)

    @strawberry.field(description="One piece of work an expert or a medium was asked for.")
    async def commission(self, info: Info, id: UUID) -> Commission | None:
        """Return a commission, if the reader's posts reach it."""
        return await find(info.context.content.commission(id))

    @strawberry.field(description="What experts and media were asked for, newest first.")
    async def commissions(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: CommissionState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Commission]:
        """Return a page of commissions."""
        page = await info.context.content.commissions(site_code, state, first, after)
        return connect(page, after)
