"""What writers are given and clerks see of what is held, as GraphQL types."""

import strawberry

from shared.contracts import held_letters, letters

for plain in (
    letters.LetterReceipt,
    held_letters.HoldingReason,
    held_letters.HeldLetter,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
