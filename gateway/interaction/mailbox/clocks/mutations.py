"""What is done about the clocks of letters."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.letter_cards import CardDecision, CardExplanation, LetterCard
from shared.contracts.letter_extensions import ExtensionDecision, LetterExtension, NewExtension
from shared.contracts.letter_terms import NewLetterTerms, OwnLimit, SiteLetterTerms

for plain in (
    OwnLimit,
    NewLetterTerms,
    CardExplanation,
    CardDecision,
    NewExtension,
    ExtensionDecision,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

TermsOrProblem = Annotated[SiteLetterTerms | Problem, strawberry.union("SiteLetterTermsOrProblem")]
CardOrProblem = Annotated[LetterCard | Problem, strawberry.union("LetterCardOrProblem")]
ExtensionOrProblem = Annotated[
    LetterExtension | Problem, strawberry.union("LetterExtensionOrProblem")
]


@strawberry.type
class ClocksMutation:
    """Choosing terms, answering for cards, and giving more time."""

    @strawberry.mutation(
        description="Choose the terms of letters received from now on; open ones keep theirs."
    )
    async def set_letter_terms(
        self, info: Info, site_code: SiteCode, input: NewLetterTerms, edition: int | None = None
    ) -> TermsOrProblem:
        """Set a site's terms; the edition is the one that was read, if there is one."""
        return await info.context.interaction.set_letter_terms(site_code, input, edition)

    @strawberry.mutation(description="Say why the unit was late.")
    async def explain_letter_card(
        self, info: Info, id: UUID, version: int, input: CardExplanation
    ) -> CardOrProblem:
        """Explain a card."""
        return await info.context.interaction.explain_letter_card(id, input, version)

    @strawberry.mutation(description="Accept or reject an explanation; the card stays.")
    async def rule_on_letter_card(
        self, info: Info, id: UUID, version: int, input: CardDecision
    ) -> CardOrProblem:
        """Rule on a card."""
        return await info.context.interaction.rule_on_letter_card(id, input, version)

    @strawberry.mutation(description="Ask for more time for an answer, before it is due.")
    async def ask_for_letter_extension(
        self, info: Info, letter_id: UUID, version: int, input: NewExtension
    ) -> ExtensionOrProblem:
        """Ask for an extension."""
        return await info.context.interaction.ask_for_letter_extension(letter_id, input, version)

    @strawberry.mutation(description="Grant or refuse an extension that another person asked for.")
    async def rule_on_letter_extension(
        self, info: Info, id: UUID, version: int, input: ExtensionDecision
    ) -> ExtensionOrProblem:
        """Rule on an extension."""
        return await info.context.interaction.rule_on_letter_extension(id, input, version)
