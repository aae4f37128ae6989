"""What a site's clerks do with what comes in."""

from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.letters.mutations import HandledLetterOrProblem
from shared.contracts.screening import NewMerger, NewParting, NewRefusal, NewUrgency

strawberry.pydantic.input(NewRefusal, name="LetterRefusalInput", description=NewRefusal.__doc__)
strawberry.pydantic.input(NewMerger, name="LetterMergerInput", description=NewMerger.__doc__)
strawberry.pydantic.input(NewParting, name="LetterPartingInput", description=NewParting.__doc__)
strawberry.pydantic.input(NewUrgency, name="LetterUrgencyInput", description=NewUrgency.__doc__)


@strawberry.type
class ScreeningMutation:
    """Taking letters up, refusing them, and answering several together."""

    @strawberry.mutation(description="Take a letter up, before it is known who will answer it.")
    async def accept_letter(self, info: Info, id: UUID, version: int) -> HandledLetterOrProblem:
        """Accept a letter."""
        return await info.context.interaction.accept_letter(id, version)

    @strawberry.mutation(
        description="Refuse a letter for a listed reason; its writer reads why, and the advice."
    )
    async def refuse_letter(
        self, info: Info, id: UUID, version: int, input: NewRefusal
    ) -> HandledLetterOrProblem:
        """Refuse a letter."""
        return await info.context.interaction.refuse_letter(id, input, version)

    @strawberry.mutation(description="Say how soon a letter must be looked at.")
    async def set_letter_urgency(
        self, info: Info, id: UUID, version: int, input: NewUrgency
    ) -> HandledLetterOrProblem:
        """Set a letter's urgency."""
        return await info.context.interaction.set_letter_urgency(id, input, version)

    @strawberry.mutation(
        description="Let letters wait for the answer to this one, or to its lead; return the lead."
    )
    async def merge_letters(
        self, info: Info, id: UUID, version: int, input: NewMerger
    ) -> HandledLetterOrProblem:
        """Merge letters."""
        return await info.context.interaction.merge_letters(id, input, version)

    @strawberry.mutation(description="Let a merged letter be handled by itself again.")
    async def part_letter(
        self, info: Info, id: UUID, version: int, input: NewParting
    ) -> HandledLetterOrProblem:
        """Part a letter from its lead."""
        return await info.context.interaction.part_letter(id, input, version)
