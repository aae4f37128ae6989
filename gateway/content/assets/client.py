"""Files, one method for each thing the schema asks of them; their bytes go by REST."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.assets.types import Asset
from gateway.upstream import Upstream
from shared.contracts.assets import AssetState
from shared.contracts.page import Page


@dataclass(frozen=True)
class AssetsClient:
    """Files on behalf of one reader."""

    upstream: Upstream

    async def asset(self, asset_id: UUID) -> Asset:
        """Return a file as its office sees it."""
        return await self.upstream.get(Asset, f"/v1/assets/{asset_id}")

    async def assets(
        self, site_code: str | None, state: AssetState | None, first: int, after: str | None
    ) -> Page[Asset]:
        """Return a page of the files of the reader's offices."""
        return await self.upstream.get(
            Page[Asset],
            "/v1/assets",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def delete_asset(self, asset_id: UUID, version: int) -> Asset:
        """Delete a file that no text names."""
        path = f"/v1/assets/{asset_id}"
        return await self.upstream.post(Asset, path, version=version, method="DELETE")
