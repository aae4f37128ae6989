"""What units and the sites they supply may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.supply.types import Contribution, SupplyTask
from gateway.context import Info
from shared.contracts.supply import ContributionState, SupplyTaskState


@strawberry.type
class SupplyQuery:
    """What units owe sites, and what they sent."""

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
