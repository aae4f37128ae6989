"""What screening goes by, as GraphQL types."""

import strawberry

from shared.contracts import screening

for plain in (screening.LetterRefusalReason,):
    strawberry.pydantic.type(plain, description=plain.__doc__)
