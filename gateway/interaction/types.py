"""The mailbox's contracts as GraphQL types."""

import strawberry

from shared.contracts import interaction
from shared.workdays import CountedDay

for plain in (
    CountedDay,
    interaction.TimelineEntry,
    interaction.LetterReceipt,
    interaction.LetterStatus,
    interaction.PublicLetter,
    interaction.Letter,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
