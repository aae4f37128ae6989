"""Files and the forms they are shown in, as GraphQL types."""

import strawberry

from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import assets

for plain in (assets.Refusal, assets.Rendition):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=assets.Asset.__doc__)
class Asset(assets.Asset):
    """A file with the site it was uploaded for."""

    @strawberry.pydantic.field(description="The site it was uploaded for.")
    async def site(self, info: Info) -> Site:
        """Return the file's site."""
        return await info.context.loaders.site.load(self.site_code)
