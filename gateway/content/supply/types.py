"""What units owe sites and send them, as GraphQL types."""

import strawberry

from gateway.content.delivery.types import Site
from gateway.context import Info
from shared.contracts import commissioning, supply

for plain in (supply.ContributionCount, commissioning.Expert):
    strawberry.pydantic.type(plain, description=plain.__doc__)


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


@strawberry.pydantic.type(description=commissioning.Commission.__doc__)
class Commission(commissioning.Commission):
    """A commission with the site that gave it."""

    @strawberry.pydantic.field(description="The site that gave it.")
    async def site(self, info: Info) -> Site:
        """Return the commissioning site."""
        return await info.context.loaders.site.load(self.site_code)
