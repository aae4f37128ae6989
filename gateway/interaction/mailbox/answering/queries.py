"""What those who answer letters may ask."""

from uuid import UUID

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.mailbox.answering import types as _types
from gateway.problem import find
from shared.contracts.answer_drafts import AnswerDraft
from shared.contracts.answers import LetterAnswer
from shared.contracts.letter_notes import LetterNote

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class AnsweringQuery:
    """What units write on letters."""

    @strawberry.field(description="The draft of the unit in charge, for its own people alone.")
    async def answer_draft(self, info: Info, letter_id: UUID) -> AnswerDraft | None:
        """Return the working draft, if the reader may see one."""
        return await find(info.context.interaction.answer_draft(letter_id))

    @strawberry.field(
        description="What was submitted for a letter and what became of it, the latest first."
    )
    async def letter_answers(
        self, info: Info, letter_id: UUID, first: First = 20, after: After = None
    ) -> Connection[LetterAnswer] | None:
        """Return a page of rounds."""
        page = await find(info.context.interaction.letter_answers(letter_id, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="The notes among those who work on a letter, the first first.")
    async def letter_notes(
        self, info: Info, letter_id: UUID, first: First = 20, after: After = None
    ) -> Connection[LetterNote] | None:
        """Return a page of notes."""
        page = await find(info.context.interaction.letter_notes(letter_id, first, after))
        return None if page is None else connect(page, after)
