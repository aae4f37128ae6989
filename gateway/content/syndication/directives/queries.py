"""What those who order reposts, and sites that repost, may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.directives.types import Directive, Obligation
from gateway.context import Info
from gateway.problem import find
from shared.contracts import directives


@strawberry.type
class DirectivesQuery:
    """Directives, and what sites owe under them."""

    @strawberry.field(description="One directive, to those who may issue in its issuer's name.")
    async def directive(self, info: Info, id: UUID) -> Directive | None:
        """Return a directive, if the reader's posts reach it."""
        return await find(info.context.content.directive(id))

    @strawberry.field(description="What the sites the reader reposts for owe, newest first.")
    async def obligations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: directives.ObligationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Obligation]:
        """Return a page of obligations."""
        page = await info.context.content.obligations(site_code, state, first, after)
        return connect(page, after)
