"""What letters come to, as GraphQL types."""

import strawberry

from shared.contracts import insights

for plain in (
    insights.LetterMeasures,
    insights.UnitMeasures,
    insights.KindMeasures,
    insights.LetterStatement,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
