"""Evaluating answers, taking letters up again, and ending them."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.interaction.mailbox.letters.mutations import HandledLetterOrProblem
from gateway.problem import Problem
from shared.contracts.evaluation import (
    Closure,
    LetterEvaluation,
    NewEvaluation,
    NewLink,
    Reopening,
)
from shared.contracts.opened_letters import ReopenedLetter

for plain, name in (
    (NewEvaluation, "NewEvaluationInput"),
    (Reopening, "LetterReopeningInput"),
    (Closure, "LetterClosureInput"),
):
    strawberry.pydantic.input(plain, name=name, description=plain.__doc__)

EvaluationOrProblem = Annotated[
    LetterEvaluation | Problem, strawberry.union("EvaluationOrProblem")
]
ReopenedOrProblem = Annotated[ReopenedLetter | Problem, strawberry.union("ReopenedOrProblem")]
EvaluationLinkOrProblem = Annotated[NewLink | Problem, strawberry.union("EvaluationLinkOrProblem")]


@strawberry.type
class EvaluationMutation:
    """What writers say of answers, and what follows."""

    @strawberry.mutation(
        description="Say what one thinks of the answer to one's own letter, once for each answer."
    )
    async def evaluate_own_letter(
        self, info: Info, number: str, query_code: str, input: NewEvaluation, proof: Proof = None
    ) -> EvaluationOrProblem:
        """Evaluate the answer to one's own letter."""
        return await info.context.interaction.evaluate_own_letter(number, query_code, proof, input)

    @strawberry.mutation(
        description="Have one's own letter taken up again; the answer did not settle it."
    )
    async def reopen_own_letter(
        self, info: Info, number: str, query_code: str, input: Reopening, proof: Proof = None
    ) -> ReopenedOrProblem:
        """Have one's own letter taken up again."""
        return await info.context.interaction.reopen_own_letter(number, query_code, proof, input)

    @strawberry.mutation(description="Evaluate the answer a link was given for; it serves once.")
    async def evaluate_by_link(
        self, info: Info, token: str, input: NewEvaluation
    ) -> EvaluationOrProblem:
        """Evaluate the answer that a link was given for."""
        return await info.context.interaction.evaluate_by_link(token, input)

    @strawberry.mutation(
        description="A link by which a letter's writer evaluates its latest answer once."
    )
    async def give_evaluation_link(self, info: Info, letter_id: UUID) -> EvaluationLinkOrProblem:
        """Give a link for one evaluation."""
        return await info.context.interaction.give_evaluation_link(letter_id)

    @strawberry.mutation(description="Take a letter up again; the answer was not enough.")
    async def reopen_letter(
        self, info: Info, id: UUID, version: int, input: Reopening
    ) -> HandledLetterOrProblem:
        """Take a letter up again."""
        return await info.context.interaction.reopen_letter(id, input, version)

    @strawberry.mutation(description="End an answered letter, resolved or not.")
    async def close_letter(
        self, info: Info, id: UUID, version: int, input: Closure
    ) -> HandledLetterOrProblem:
        """End an answered letter."""
        return await info.context.interaction.close_letter(id, input, version)
