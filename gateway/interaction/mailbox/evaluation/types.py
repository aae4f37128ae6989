"""Evaluations as GraphQL types."""

import strawberry

from shared.contracts import evaluation, opened_letters

for plain in (
    evaluation.LetterEvaluation,
    evaluation.ReadEvaluation,
    evaluation.EvaluationInvitation,
    opened_letters.ReopenedLetter,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
strawberry.pydantic.type(
    evaluation.NewLink, name="EvaluationLink", description=evaluation.NewLink.__doc__
)
