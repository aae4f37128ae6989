"""What those who keep topics do."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.topics import (
    Assignment,
    Explanation,
    NewTopic,
    PressConference,
    Topic,
    TopicText,
)

for plain in (TopicText, NewTopic, PressConference, Explanation):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)
strawberry.pydantic.input(
    Assignment, name="ConcernAssignmentInput", description=Assignment.__doc__
)

TopicOrProblem = Annotated[Topic | Problem, strawberry.union("TopicOrProblem")]


@strawberry.type
class TopicsMutation:
    """Opening topics, answering for their clocks, and closing them."""

    @strawberry.mutation(
        description="Open a topic; an incident's or a concern's clocks start at once."
    )
    async def open_topic(self, info: Info, input: NewTopic) -> TopicOrProblem:
        """Open a topic."""
        return await info.context.content.open_topic(input)

    @strawberry.mutation(description="Say otherwise what a topic is called and about.")
    async def change_topic(
        self, info: Info, id: UUID, version: int, input: TopicText
    ) -> TopicOrProblem:
        """Change a topic."""
        return await info.context.content.change_topic(id, input, version)

    @strawberry.mutation(description="Let no more items join a topic; its clocks run on.")
    async def close_topic(self, info: Info, id: UUID, version: int) -> TopicOrProblem:
        """Close a topic."""
        return await info.context.content.close_topic(id, version)

    @strawberry.mutation(description="Put a closed topic away; it stays readable.")
    async def archive_topic(self, info: Info, id: UUID, version: int) -> TopicOrProblem:
        """Archive a topic."""
        return await info.context.content.archive_topic(id, version)

    @strawberry.mutation(description="Tell an organization to answer a concern by its clock.")
    async def assign_concern(
        self, info: Info, id: UUID, version: int, input: Assignment
    ) -> TopicOrProblem:
        """Assign a concern."""
        return await info.context.content.assign_concern(id, input, version)

    @strawberry.mutation(description="Record that a press conference on an incident was held.")
    async def record_conference(
        self, info: Info, id: UUID, version: int, input: PressConference
    ) -> TopicOrProblem:
        """Record a press conference."""
        return await info.context.content.record_conference(id, input, version)

    @strawberry.mutation(description="Record why a concern is not answered.")
    async def explain_silence(
        self, info: Info, id: UUID, version: int, input: Explanation
    ) -> TopicOrProblem:
        """Explain why a concern is not answered."""
        return await info.context.content.explain_silence(id, input, version)
