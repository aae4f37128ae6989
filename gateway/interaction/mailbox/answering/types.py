"""Answers as GraphQL types, joined with the policies they cite."""

import strawberry

from gateway.content.delivery.types import Item
from gateway.context import Info
from shared.contracts import answer_drafts, answers, letter_notes

for plain in (
    answers.AnswerFinding,
    answer_drafts.Insertion,
    answer_drafts.SavedDraft,
    answer_drafts.AnswerDraft,
    letter_notes.KeptNote,
    letter_notes.LetterNote,
    answers.LetterAnswer,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=answers.GivenAnswer.__doc__)
class GivenAnswer(answers.GivenAnswer):
    """An answer its writer has, with the policies it cites."""

    @strawberry.pydantic.field(description="The items it cites, as far as they are public.")
    async def cited_items(self, info: Info) -> list[Item]:
        """Return the public items among those the answer names."""
        found = await info.context.loaders.item.load_many(self.policies)
        return [item for item in found if item is not None]
