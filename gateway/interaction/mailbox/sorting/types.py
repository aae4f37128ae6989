"""The way of letters through the units, as GraphQL types."""

import strawberry

from shared.contracts import sorting

for plain in (sorting.LetterMove, sorting.CoHandling, sorting.OpenedCoHandling):
    strawberry.pydantic.type(plain, description=plain.__doc__)
