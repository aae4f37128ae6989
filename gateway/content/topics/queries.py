"""What those who keep topics may ask."""

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts.topics import Topic, TopicKind, TopicState


@strawberry.type
class TopicsQuery:
    """Topics with their clocks, public or not."""

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
