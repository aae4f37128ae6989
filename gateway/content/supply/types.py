"""What units owe sites and send them, as GraphQL types."""

import strawberry

from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import supply


@strawberry.pydantic.type(description=supply.SupplyTask.__doc__)
class SupplyTask(supply.SupplyTask):
    """What a unit owes, with the site that asks for it."""

    @strawberry.pydantic.field(description="The site that asks for it.")
    async def site(self, info: Info) -> Site:
        """Return the asking site."""
        return await info.context.loaders.site.load(self.site_code)


@strawberry.pydantic.type(description=supply.Contribution.__doc__)
class Contribution(supply.Contribution):
    """A contribution, with the site it was sent to."""

    @strawberry.pydantic.field(description="The site it was sent to.")
    async def site(self, info: Info) -> Site:
        """Return the receiving site."""
        return await info.context.loaders.site.load(self.site_code)
