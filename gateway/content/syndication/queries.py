"""What sites that repost may ask."""

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.types import Obligation
from gateway.context import Info
from shared.contracts import syndication


@strawberry.type
class SyndicationQuery:
    """What sites owe under directives."""

    @strawberry.field(description="What the sites the reader reposts for owe, newest first.")
    async def obligations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: syndication.ObligationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Obligation]:
        """Return a page of obligations."""
        page = await info.context.content.obligations(site_code, state, first, after)
        return connect(page, after)
