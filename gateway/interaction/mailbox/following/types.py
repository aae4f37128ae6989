"""A letter as its writer follows it, as GraphQL types."""

import strawberry

from shared.contracts import letters, opened_letters
from shared.workdays import CountedDay

for plain in (CountedDay, letters.TimelineEntry, opened_letters.LetterStatus):
    strawberry.pydantic.type(plain, description=plain.__doc__)
