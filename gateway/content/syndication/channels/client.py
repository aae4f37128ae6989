"""Channels, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.syndication.channels.types import Channel, ChannelPost
from gateway.upstream import Upstream
from shared.contracts import channels as contracts
from shared.contracts.page import Page


@dataclass(frozen=True)
class ChannelsClient:
    """Channels on behalf of one reader."""

    upstream: Upstream

    async def channel(self, channel_id: UUID) -> Channel:
        """Return a channel."""
        return await self.upstream.get(Channel, f"/v1/channels/{channel_id}")

    async def channels(
        self, site_code: str | None, first: int, after: str | None
    ) -> Page[Channel]:
        """Return a page of the reader's channels."""
        return await self.upstream.get(
            Page[Channel], "/v1/channels", site_code=site_code, first=first, after=after
        )

    async def open_channel(self, new: contracts.NewChannel) -> Channel:
        """Let released items go to an account."""
        return await self.upstream.post(Channel, "/v1/channels", new)

    async def change_channel(
        self, channel_id: UUID, terms: contracts.ChannelTerms, version: int
    ) -> Channel:
        """Change what a channel takes and how."""
        path = f"/v1/channels/{channel_id}"
        return await self.upstream.post(Channel, path, terms, version=version, method="PUT")

    async def end_channel(self, channel_id: UUID, version: int) -> Channel:
        """Post nothing more."""
        path = f"/v1/channels/{channel_id}"
        return await self.upstream.post(Channel, path, version=version, method="DELETE")

    async def replace_channel_secret(
        self, channel_id: UUID, new: contracts.NewChannelSecret, version: int
    ) -> Channel:
        """Take a new secret."""
        path = f"/v1/channels/{channel_id}/secret"
        return await self.upstream.post(Channel, path, new, version=version)

    async def pause_channel(self, channel_id: UUID, version: int) -> Channel:
        """Post nothing new."""
        path = f"/v1/channels/{channel_id}/pause"
        return await self.upstream.post(Channel, path, version=version)

    async def resume_channel(self, channel_id: UUID, version: int) -> Channel:
        """Post again."""
        path = f"/v1/channels/{channel_id}/resumption"
        return await self.upstream.post(Channel, path, version=version)

    async def preview_post(self, channel_id: UUID, item_id: UUID) -> contracts.PostPreview:
        """Return what a post would say."""
        path = f"/v1/channels/{channel_id}/preview"
        return await self.upstream.get(contracts.PostPreview, path, item_id=item_id)

    async def order_post(self, channel_id: UUID, new: contracts.NewChannelPost) -> ChannelPost:
        """Post a public item."""
        return await self.upstream.post(ChannelPost, f"/v1/channels/{channel_id}/posts", new)

    async def retry_post(self, channel_id: UUID, post_id: UUID, version: int) -> ChannelPost:
        """Try a post once more."""
        path = f"/v1/channels/{channel_id}/posts/{post_id}/retry"
        return await self.upstream.post(ChannelPost, path, version=version)

    async def channel_posts(
        self,
        channel_id: UUID,
        state: contracts.PostState | None,
        item_id: UUID | None,
        first: int,
        after: str | None,
        *,
        outdated: bool | None,
    ) -> Page[ChannelPost]:
        """Return a page of a channel's posts."""
        return await self.upstream.get(
            Page[ChannelPost],
            f"/v1/channels/{channel_id}/posts",
            state=state,
            item_id=item_id,
            outdated=outdated,
            first=first,
            after=after,
        )

    async def post_attempts(
        self, channel_id: UUID, post_id: UUID, first: int, after: str | None
    ) -> Page[contracts.PostAttempt]:
        """Return a page of the steps of a post."""
        path = f"/v1/channels/{channel_id}/posts/{post_id}/attempts"
        return await self.upstream.get(Page[contracts.PostAttempt], path, first=first, after=after)
