"""Reposts, rules and rewordings as GraphQL types, with the relations between them."""

import strawberry

from gateway.content.delivery.types import Item, Site
from gateway.context import Info
from shared.contracts import reposting


@strawberry.pydantic.type(description=reposting.Repost.__doc__)
class Repost(reposting.Repost):
    """A repost with its page."""

    @strawberry.pydantic.field(description="The repost as the public reads it.")
    async def item(self, info: Info) -> Item | None:
        """Return the public item."""
        return await info.context.loaders.item.load(self.item_id)


@strawberry.pydantic.type(description=reposting.AcceptanceRule.__doc__)
class AcceptanceRule(reposting.AcceptanceRule):
    """A rule with its site."""

    @strawberry.pydantic.field(description="The site that accepts by it.")
    async def site(self, info: Info) -> Site:
        """Return the rule's site."""
        return await info.context.loaders.site.load(self.site_code)


@strawberry.pydantic.type(description=reposting.Rewording.__doc__)
class Rewording(reposting.Rewording):
    """A rewording with the text it was made from."""

    @strawberry.pydantic.field(description="The source as it is public now.")
    async def source(self, info: Info) -> Item | None:
        """Return the source."""
        return await info.context.loaders.item.load(self.item_id)
