"""What those who repost for a site, and its reviewers, may ask."""

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.reposting.types import AcceptanceRule, Repost, Rewording
from gateway.context import Info


@strawberry.type
class RepostingQuery:
    """What sites took over, accept by themselves, and say in words of their own."""

    @strawberry.field(description="The reposts of sites the reader reposts for, newest first.")
    async def reposts(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Repost]:
        """Return a page of reposts."""
        return connect(await info.context.content.reposts(site_code, first, after), after)

    @strawberry.field(
        description="The rules of sites the reader reposts for, ended ones too, newest first."
    )
    async def acceptance_rules(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[AcceptanceRule]:
        """Return a page of rules."""
        page = await info.context.content.acceptance_rules(site_code, first, after)
        return connect(page, after)

    @strawberry.field(
        description="The words that wait for reviews on sites the reader reposts or reviews for."
    )
    async def rewordings(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Rewording]:
        """Return a page of rewordings."""
        return connect(await info.context.content.rewordings(site_code, first, after), after)
