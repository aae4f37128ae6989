"""What is done about channels and their posts."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.channels.types import Channel, ChannelPost
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import channels

for plain in (
    channels.NewPostTemplate,
    channels.NewChannel,
    channels.ChannelTerms,
    channels.NewChannelSecret,
    channels.NewChannelPost,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

ChannelOrProblem = Annotated[Channel | Problem, strawberry.union("ChannelOrProblem")]
ChannelPostOrProblem = Annotated[ChannelPost | Problem, strawberry.union("ChannelPostOrProblem")]


@strawberry.type
class ChannelsMutation:
    """Posting to social platforms."""

    @strawberry.mutation(
        description="Let released items go to an account; its secret is never shown again."
    )
    async def open_channel(self, info: Info, input: channels.NewChannel) -> ChannelOrProblem:
        """Open a channel."""
        return await info.context.content.open_channel(input)

    @strawberry.mutation(
        description="Change what a channel takes and how; what waits is posted by the new terms."
    )
    async def change_channel(
        self, info: Info, id: UUID, version: int, input: channels.ChannelTerms
    ) -> ChannelOrProblem:
        """Change a channel."""
        return await info.context.content.change_channel(id, input, version)

    @strawberry.mutation(
        description="Post nothing more and erase the secret; what is on the platform stays there."
    )
    async def end_channel(self, info: Info, id: UUID, version: int) -> ChannelOrProblem:
        """End a channel."""
        return await info.context.content.end_channel(id, version)

    @strawberry.mutation(description="Take a new secret and forget the former one at once.")
    async def replace_channel_secret(
        self, info: Info, id: UUID, version: int, input: channels.NewChannelSecret
    ) -> ChannelOrProblem:
        """Replace a channel's secret."""
        return await info.context.content.replace_channel_secret(id, input, version)

    @strawberry.mutation(
        description="Post nothing new until the channel is resumed; withdrawals are carried out."
    )
    async def pause_channel(self, info: Info, id: UUID, version: int) -> ChannelOrProblem:
        """Pause a channel."""
        return await info.context.content.pause_channel(id, version)

    @strawberry.mutation(
        description="Post again, after a pause or after the platform refused the account."
    )
    async def resume_channel(self, info: Info, id: UUID, version: int) -> ChannelOrProblem:
        """Resume a channel."""
        return await info.context.content.resume_channel(id, version)

    @strawberry.mutation(
        description="Post a public item whatever the rule says; a former text is then deleted."
    )
    async def post_to_channel(
        self, info: Info, id: UUID, input: channels.NewChannelPost
    ) -> ChannelPostOrProblem:
        """Order a post."""
        return await info.context.content.order_post(id, input)

    @strawberry.mutation(
        description="Try a post that failed once more, or once more to delete one that stands."
    )
    async def retry_channel_post(
        self, info: Info, channel_id: UUID, id: UUID, version: int
    ) -> ChannelPostOrProblem:
        """Retry a post."""
        return await info.context.content.retry_post(channel_id, id, version)
