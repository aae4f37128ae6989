"""Asking that letters be erased, and deciding it."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import Proof
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.privacy import ErasureDecision, ErasureReason, ErasureRequest

for plain in (ErasureReason, ErasureDecision):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

ErasureOrProblem = Annotated[ErasureRequest | Problem, strawberry.union("ErasureOrProblem")]


@strawberry.type
class PrivacyMutation:
    """Erasing letters; another person decides than asked."""

    @strawberry.mutation(description="Ask that one's own letter be erased, by its code.")
    async def ask_to_erase_own_letter(
        self, info: Info, number: str, query_code: str, input: ErasureReason, proof: Proof = None
    ) -> ErasureOrProblem:
        """Ask for the erasure of one's own letter."""
        return await info.context.interaction.ask_to_erase_own_letter(
            number, query_code, proof, input
        )

    @strawberry.mutation(description="Ask that a letter to one's site be erased.")
    async def ask_to_erase_letter(
        self, info: Info, id: UUID, input: ErasureReason
    ) -> ErasureOrProblem:
        """Ask for the erasure of a letter."""
        return await info.context.interaction.ask_to_erase_letter(id, input)

    @strawberry.mutation(
        description="Erase a letter for good as another person asked, or refuse to."
    )
    async def decide_erasure(
        self, info: Info, id: UUID, version: int, input: ErasureDecision
    ) -> ErasureOrProblem:
        """Decide a request to erase."""
        return await info.context.interaction.decide_erasure(id, input, version)
