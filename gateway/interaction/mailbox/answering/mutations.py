"""What those who answer letters do."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import VersionOrNew
from gateway.context import Info
from gateway.interaction.mailbox.answering import types as _types
from gateway.interaction.mailbox.letters.mutations import HandledLetterOrProblem
from gateway.problem import Problem
from shared.contracts.answer_drafts import (
    DraftSubmission,
    DraftText,
    EntryInsertion,
    SavedDraft,
)
from shared.contracts.answers import AnswerReview
from shared.contracts.letter_notes import KeptNote, NewNote

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

strawberry.pydantic.input(DraftText, name="AnswerTextInput", description=DraftText.__doc__)
for plain in (AnswerReview, NewNote, DraftSubmission):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

SavedDraftOrProblem = Annotated[SavedDraft | Problem, strawberry.union("SavedDraftOrProblem")]
KeptNoteOrProblem = Annotated[KeptNote | Problem, strawberry.union("KeptNoteOrProblem")]


@strawberry.type
class AnsweringMutation:
    """Drafting, submitting and reviewing answers, and notes beside them."""

    @strawberry.mutation(description="Save the draft of the unit in charge, which asks nobody.")
    async def save_answer_draft(
        self, info: Info, letter_id: UUID, input: DraftText, version: VersionOrNew = None
    ) -> SavedDraftOrProblem:
        """Save a draft."""
        return await info.context.interaction.save_answer_draft(letter_id, input, version)

    @strawberry.mutation(description="Put an entry of the answer library into the draft.")
    async def insert_library_entry(
        self, info: Info, letter_id: UUID, entry_id: UUID, version: VersionOrNew = None
    ) -> SavedDraftOrProblem:
        """Insert an entry."""
        of = EntryInsertion(entry_id=entry_id)
        return await info.context.interaction.insert_library_entry(letter_id, of, version)

    @strawberry.mutation(description="Ask for the review of the draft as it was read.")
    async def submit_answer_draft(
        self, info: Info, letter_id: UUID, version: int, input: DraftSubmission
    ) -> HandledLetterOrProblem:
        """Submit a draft."""
        return await info.context.interaction.submit_answer_draft(letter_id, input, version)

    @strawberry.mutation(
        description="Write an answer, the first or a further one, and ask for its review."
    )
    async def submit_answer(
        self, info: Info, letter_id: UUID, version: int, input: DraftText
    ) -> HandledLetterOrProblem:
        """Submit an answer."""
        return await info.context.interaction.submit_answer(letter_id, input, version)

    @strawberry.mutation(description="Take back an answer that awaits review.")
    async def withdraw_answer(
        self, info: Info, letter_id: UUID, version: int
    ) -> HandledLetterOrProblem:
        """Withdraw an answer."""
        return await info.context.interaction.withdraw_answer(letter_id, version)

    @strawberry.mutation(
        description="Let exactly the answer that was read go to the writer, or give it back."
    )
    async def review_answer(
        self, info: Info, letter_id: UUID, version: int, input: AnswerReview
    ) -> HandledLetterOrProblem:
        """Review an answer."""
        return await info.context.interaction.review_answer(letter_id, input, version)

    @strawberry.mutation(
        description="Leave a note for those who work on a letter, or put an own one right."
    )
    async def leave_note(self, info: Info, letter_id: UUID, input: NewNote) -> KeptNoteOrProblem:
        """Leave a note."""
        return await info.context.interaction.leave_note(letter_id, input)
