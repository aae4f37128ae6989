"""Published letters as GraphQL types."""

import strawberry

from shared.contracts import published_letters

for plain in (published_letters.PublicLetter, published_letters.ProposedRendition):
    strawberry.pydantic.type(plain, description=plain.__doc__)
