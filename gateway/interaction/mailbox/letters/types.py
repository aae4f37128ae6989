"""Letters as the clerks handle them, as GraphQL types."""

import strawberry

from shared.contracts import letters

for plain in (letters.Letter, letters.ListedLetter, letters.StateCount, letters.LetterCounts):
    strawberry.pydantic.type(plain, description=plain.__doc__)
