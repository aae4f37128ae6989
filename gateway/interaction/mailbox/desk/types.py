"""A letter as those see it who work on it, as GraphQL types."""

import strawberry

from gateway.interaction.mailbox.answering.types import GivenAnswer
from shared.contracts import opened_letters

for plain in (opened_letters.LetterEntry,):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=opened_letters.OpenedLetter.__doc__)
class OpenedLetter(opened_letters.OpenedLetter):
    """A letter unsealed, with what its answers cite."""

    answers: list[GivenAnswer]  # type: ignore[assignment]  # the same, with what they cite
