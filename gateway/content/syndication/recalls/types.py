"""Recalls and copies as GraphQL types, with the relations between them."""

from typing import Annotated

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Site
from gateway.content.syndication.directives import types as _directives
from gateway.context import Info
from shared.contracts import recalls, release

# Its contracts become GraphQL types when it is imported.
EVIDENCE = _directives

for plain in (recalls.CopyReading, release.Affected):
    strawberry.pydantic.type(plain, description=plain.__doc__)

LaterCopy = Annotated["Copy", strawberry.lazy("gateway.content.syndication.recalls.types")]


@strawberry.pydantic.type(description=recalls.Recall.__doc__)
class Recall(recalls.Recall):
    """A recall and its copies."""

    @strawberry.pydantic.field(description="Each place, with what its readings found.")
    async def places(
        self,
        info: Info,
        state: recalls.CopyState | None = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[LaterCopy]:
        """Return a page of the recall's copies."""
        page = await info.context.content.copies_of_recall(self.id, state, first, after)
        return connect(page, after)


@strawberry.pydantic.type(description=recalls.Copy.__doc__)
class Copy(recalls.Copy):
    """What one site owes for a copy."""

    @strawberry.pydantic.field(description="The site that owes it.")
    async def site(self, info: Info) -> Site:
        """Return the site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="What readings of its page found, newest first.")
    async def readings(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[recalls.CopyReading]:
        """Return a page of the evidence."""
        return connect(await info.context.content.copy_readings(self.id, first, after), after)
