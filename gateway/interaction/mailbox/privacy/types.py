"""What is held of writers, as GraphQL types."""

import strawberry

from shared.contracts import privacy

for plain in (
    privacy.LetterAccess,
    privacy.ErasureRequest,
    privacy.HeldAnswer,
    privacy.HeldAccess,
    privacy.LetterRecord,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
