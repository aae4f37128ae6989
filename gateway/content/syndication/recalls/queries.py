"""What those who withdraw and correct, and sites that show copies, may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.recalls.types import Copy, Recall
from gateway.context import Info
from gateway.problem import find
from shared.contracts.recalls import CopyState
from shared.contracts.release import Affected


@strawberry.type
class RecallsQuery:
    """What a withdrawal reaches, and what became of the copies."""

    @strawberry.field(description="All that a withdrawal or correction of an item touches.")
    async def item_impact(
        self, info: Info, item_id: UUID, first: First = 20, after: After = None
    ) -> Connection[Affected]:
        """Return a page of what refers to an item or shows it."""
        return connect(await info.context.content.impact(item_id, first, after), after)

    @strawberry.field(description="Withdrawals and corrections with their copies, newest first.")
    async def recalls(
        self,
        info: Info,
        item_id: UUID | None = None,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Recall]:
        """Return a page of recalls."""
        page = await info.context.content.recalls(item_id, site_code, first, after)
        return connect(page, after)

    @strawberry.field(description="One recall, to those who answer for its item or ordered it.")
    async def recall(self, info: Info, id: UUID) -> Recall | None:
        """Return a recall, if the reader's posts reach it."""
        return await find(info.context.content.recall(id))

    @strawberry.field(description="What the sites the reader reposts for owe for copies.")
    async def copies(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: CopyState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Copy]:
        """Return a page of copies."""
        page = await info.context.content.copies(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="One copy, to its site, to who ordered it and whose item it is.")
    async def copy(self, info: Info, id: UUID) -> Copy | None:
        """Return a copy, if the reader's posts reach it."""
        return await find(info.context.content.copy(id))
