"""Letting letters out to the public, and taking them down."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.letters.mutations import HandledLetterOrProblem
from gateway.problem import Problem
from shared.contracts.published_letters import (
    ProposedRendition,
    RenditionReview,
    RenditionText,
    TakingDown,
)

for plain in (RenditionText, RenditionReview, TakingDown):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

RenditionOrProblem = Annotated[ProposedRendition | Problem, strawberry.union("RenditionOrProblem")]


@strawberry.type
class PublicationMutation:
    """Proposing renditions of letters, reviewing them, and taking them down."""

    @strawberry.mutation(
        description="Propose a masked rendition of an answered letter whose writer consents."
    )
    async def propose_publication(
        self, info: Info, id: UUID, version: int, input: RenditionText
    ) -> RenditionOrProblem:
        """Propose a rendition."""
        return await info.context.interaction.propose_publication(id, input, version)

    @strawberry.mutation(
        description="Let a rendition out to the public, or give it back; not by its proposer."
    )
    async def review_publication(
        self, info: Info, id: UUID, version: int, input: RenditionReview
    ) -> HandledLetterOrProblem:
        """Review a rendition."""
        return await info.context.interaction.review_publication(id, input, version)

    @strawberry.mutation(description="Let the public read a letter no longer.")
    async def withdraw_publication(
        self, info: Info, id: UUID, version: int, input: TakingDown
    ) -> HandledLetterOrProblem:
        """Take a published letter down."""
        return await info.context.interaction.withdraw_publication(id, input, version)
