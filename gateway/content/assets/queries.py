"""What those who work with files may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.assets.types import Asset
from gateway.context import Info
from gateway.problem import find
from shared.contracts.assets import AssetState


@strawberry.type
class AssetsQuery:
    """Files, from upload to what the public may be shown."""

    @strawberry.field(description="One file, as its office sees it.")
    async def asset(self, info: Info, id: UUID) -> Asset | None:
        """Return a file, if the reader's posts reach it."""
        return await find(info.context.content.asset(id))

    @strawberry.field(description="The files of the offices the reader works for, newest first.")
    async def assets(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: AssetState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Asset]:
        """Return a page of files."""
        page = await info.context.content.assets(site_code, state, first, after)
        return connect(page, after)
