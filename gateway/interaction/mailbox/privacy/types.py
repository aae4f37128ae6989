"""What is held of writers, as GraphQL types."""

import strawberry

from shared.contracts import letters, privacy

for plain in (
    letters.ListedLetter,
    privacy.LetterAccess,
    privacy.ErasureRequest,
    privacy.HeldAnswer,
    privacy.HeldAccess,
    privacy.HeldLetter,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
