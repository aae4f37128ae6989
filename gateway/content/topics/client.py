"""Keeping topics, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.topics import NewTopic, Topic, TopicKind, TopicState, TopicText


@dataclass(frozen=True)
class TopicsClient:
    """Topics on behalf of one reader."""

    upstream: Upstream

    async def kept_topics(
        self,
        site_code: str | None,
        kind: TopicKind | None,
        state: TopicState | None,
        first: int,
        after: str | None,
    ) -> Page[Topic]:
        """Return a page of the topics the reader works on."""
        return await self.upstream.get(
            Page[Topic],
            "/v1/topics",
            site_code=site_code,
            kind=kind,
            state=state,
            first=first,
            after=after,
        )

    async def open_topic(self, new: NewTopic) -> Topic:
        """Open a topic; its clocks run."""
        return await self.upstream.post(Topic, "/v1/topics", new)

    async def change_topic(self, topic_id: UUID, text: TopicText, version: int) -> Topic:
        """Call a topic otherwise."""
        path = f"/v1/topics/{topic_id}"
        return await self.upstream.post(Topic, path, text, version=version, method="PUT")
