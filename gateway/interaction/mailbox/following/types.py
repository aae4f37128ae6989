"""A letter as its writer follows it, as GraphQL types."""

import strawberry

from gateway.interaction.mailbox.answering.types import GivenAnswer
from shared.contracts import letters, opened_letters
from shared.workdays import CountedDay

for plain in (CountedDay, letters.TimelineEntry):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=opened_letters.LetterStatus.__doc__)
class LetterStatus(opened_letters.LetterStatus):
    """A letter as its writer follows it, with what its answers cite."""

    answers: list[GivenAnswer]  # type: ignore[assignment]  # the same, with what they cite
