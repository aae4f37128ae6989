"""Keeping topics, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.topics import (
    Assignment,
    ClockState,
    Explanation,
    NewTopic,
    PressConference,
    Topic,
    TopicClock,
    TopicKind,
    TopicState,
    TopicText,
)


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

    async def kept_topic(self, topic_id: UUID) -> Topic:
        """Return a topic as its keepers see it."""
        return await self.upstream.get(Topic, f"/v1/topics/{topic_id}")

    async def open_topic(self, new: NewTopic) -> Topic:
        """Open a topic; its clocks run."""
        return await self.upstream.post(Topic, "/v1/topics", new)

    async def change_topic(self, topic_id: UUID, text: TopicText, version: int) -> Topic:
        """Call a topic otherwise."""
        path = f"/v1/topics/{topic_id}"
        return await self.upstream.post(Topic, path, text, version=version, method="PUT")

    async def close_topic(self, topic_id: UUID, version: int) -> Topic:
        """Let no more items join a topic."""
        return await self.upstream.post(Topic, f"/v1/topics/{topic_id}/closure", version=version)

    async def archive_topic(self, topic_id: UUID, version: int) -> Topic:
        """Put a closed topic away."""
        return await self.upstream.post(Topic, f"/v1/topics/{topic_id}/archiving", version=version)

    async def assign_concern(self, topic_id: UUID, to: Assignment, version: int) -> Topic:
        """Tell an organization to answer a concern."""
        path = f"/v1/topics/{topic_id}/assignment"
        return await self.upstream.post(Topic, path, to, version=version)

    async def record_conference(
        self, topic_id: UUID, held: PressConference, version: int
    ) -> Topic:
        """Record that a press conference was held."""
        path = f"/v1/topics/{topic_id}/press-conference"
        return await self.upstream.post(Topic, path, held, version=version)

    async def explain_silence(self, topic_id: UUID, why: Explanation, version: int) -> Topic:
        """Record why a concern is not answered."""
        path = f"/v1/topics/{topic_id}/explanation"
        return await self.upstream.post(Topic, path, why, version=version)

    async def topic_clocks(
        self,
        states: list[ClockState] | None,
        site_code: str | None,
        first: int,
        after: str | None,
    ) -> Page[TopicClock]:
        """Return a page of what topics owe, the most urgent first."""
        return await self.upstream.get(
            Page[TopicClock],
            "/v1/topic-clocks",
            state=states,
            site_code=site_code,
            first=first,
            after=after,
        )
