"""The mailbox's contracts as GraphQL types."""

import strawberry

from shared.contracts import letters
from shared.workdays import CountedDay

for plain in (
    CountedDay,
    letters.TimelineEntry,
    letters.LetterReceipt,
    letters.LetterStatus,
    letters.PublicLetter,
    letters.Letter,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
