"""Channels and their posts as GraphQL types, with the relations between them."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import channels

for plain in (channels.PostTemplate, channels.PostAttempt, channels.PostPreview):
    strawberry.pydantic.type(plain, description=plain.__doc__)

LaterPost = Annotated["ChannelPost", strawberry.lazy("gateway.content.syndication.channels.types")]


@strawberry.pydantic.type(description=channels.ChannelPost.__doc__)
class ChannelPost(channels.ChannelPost):
    """A post with the steps it took."""

    @strawberry.pydantic.field(description="The steps it took, latest first.")
    async def log(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[channels.PostAttempt]:
        """Return a page of the steps."""
        content = info.context.content
        page = await content.post_attempts(self.channel_id, self.id, first, after)
        return connect(page, after)


@strawberry.pydantic.type(description=channels.Channel.__doc__)
class Channel(channels.Channel):
    """A channel with what was posted to it."""

    @strawberry.pydantic.field(description="Its posts and how each went, newest first.")
    async def posts(
        self,
        info: Info,
        state: channels.PostState | None = None,
        item_id: UUID | None = None,
        outdated: bool | None = None,  # noqa: FBT001  # a filter, named on the wire
        first: First = 20,
        after: After = None,
    ) -> Connection[LaterPost]:
        """Return a page of the channel's posts."""
        content = info.context.content
        page = await content.channel_posts(
            self.id, state, item_id, first, after, outdated=outdated
        )
        return connect(page, after)

    @strawberry.pydantic.field(description="What a post of a public item would say now.")
    async def preview(self, info: Info, item_id: UUID) -> channels.PostPreview:
        """Return a preview."""
        return await info.context.content.preview_post(self.id, item_id)
