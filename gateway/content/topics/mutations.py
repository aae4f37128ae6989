"""What those who keep topics do."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.topics import NewTopic, Topic, TopicText

for plain in (TopicText, NewTopic):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

TopicOrProblem = Annotated[Topic | Problem, strawberry.union("TopicOrProblem")]


@strawberry.type
class TopicsMutation:
    """Opening topics and changing what they are called."""

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
