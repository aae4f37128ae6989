"""What those who keep topics may ask."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.topics import ClockState, Topic, TopicClock, TopicKind, TopicState

States = Annotated[
    list[ClockState] | None, strawberry.argument(description="Those that run unless named.")
]


@strawberry.type
class TopicsQuery:
    """Topics with their clocks, public or not."""

    @strawberry.field(description="One topic with its clocks.")
    async def kept_topic(self, info: Info, id: UUID) -> Topic | None:
        """Return a topic, if the reader's posts reach it."""
        return await find(info.context.content.kept_topic(id))

    @strawberry.field(description="The topics the reader's posts reach, with their clocks.")
    async def kept_topics(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        kind: TopicKind | None = None,
        state: TopicState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Topic]:
        """Return a page of topics as their keepers see them."""
        page = await info.context.content.kept_topics(site_code, kind, state, first, after)
        return connect(page, after)

    @strawberry.field(description="What topics owe the public, the most urgent first.")
    async def topic_clocks(
        self,
        info: Info,
        states: States = None,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[TopicClock]:
        """Return a page of clocks."""
        page = await info.context.content.topic_clocks(states, site_code, first, after)
        return connect(page, after)
