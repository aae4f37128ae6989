"""What participation asks to publish, as GraphQL types."""

import strawberry

from shared.contracts import participation_texts

strawberry.pydantic.type(
    participation_texts.ParticipationText,
    description=participation_texts.ParticipationText.__doc__,
)
