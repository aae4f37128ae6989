"""Topics as those who keep them see them, as GraphQL types."""

import strawberry

from shared.contracts import topics

for plain in (topics.Clock, topics.Topic, topics.TopicClock):
    strawberry.pydantic.type(plain, description=plain.__doc__)
