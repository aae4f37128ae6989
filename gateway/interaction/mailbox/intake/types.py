"""What a writer is given, as GraphQL types."""

import strawberry

from shared.contracts import letters

for plain in (letters.LetterReceipt,):
    strawberry.pydantic.type(plain, description=plain.__doc__)
