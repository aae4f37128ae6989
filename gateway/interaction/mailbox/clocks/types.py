"""Clocks of letters as GraphQL types."""

import strawberry

from shared.contracts import letter_cards, letter_clocks, letter_extensions, letter_terms

for plain in (
    letter_clocks.LetterDeadline,
    letter_clocks.LetterDeadlines,
    letter_terms.LetterLimit,
    letter_terms.LetterPolicy,
    letter_terms.SiteLetterTerms,
    letter_cards.LetterCard,
    letter_extensions.LetterExtension,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
