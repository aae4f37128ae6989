"""Answering, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.answer_drafts import (
    AnswerDraft,
    DraftSubmission,
    DraftText,
    EntryInsertion,
    SavedDraft,
)
from shared.contracts.answers import AnswerReview, LetterAnswer
from shared.contracts.letter_notes import KeptNote, LetterNote, NewNote
from shared.contracts.letters import Letter
from shared.contracts.page import Page


@dataclass(frozen=True)
class AnsweringClient:
    """Answering on behalf of one reader."""

    upstream: Upstream

    async def answer_draft(self, letter_id: UUID) -> AnswerDraft:
        """Return what the unit in charge has written so far."""
        return await self.upstream.get(AnswerDraft, f"/v1/letters/{letter_id}/draft")

    async def letter_answers(
        self, letter_id: UUID, first: int, after: str | None
    ) -> Page[LetterAnswer]:
        """Return a page of what was submitted for a letter."""
        path = f"/v1/letters/{letter_id}/answers"
        return await self.upstream.get(Page[LetterAnswer], path, first=first, after=after)

    async def letter_notes(
        self, letter_id: UUID, first: int, after: str | None
    ) -> Page[LetterNote]:
        """Return a page of the notes on a letter."""
        path = f"/v1/letters/{letter_id}/notes"
        return await self.upstream.get(Page[LetterNote], path, first=first, after=after)

    async def save_answer_draft(
        self, letter_id: UUID, text: DraftText, version: int | None
    ) -> SavedDraft:
        """Save the draft of the unit in charge."""
        path = f"/v1/letters/{letter_id}/draft"
        return await self.upstream.post(SavedDraft, path, text, version=version, method="PUT")

    async def insert_library_entry(
        self, letter_id: UUID, of: EntryInsertion, version: int | None
    ) -> SavedDraft:
        """Put an entry of the library at the end of the draft."""
        path = f"/v1/letters/{letter_id}/draft/entries"
        return await self.upstream.post(SavedDraft, path, of, version=version)

    async def submit_answer_draft(
        self, letter_id: UUID, read: DraftSubmission, version: int
    ) -> Letter:
        """Ask for the review of the draft."""
        path = f"/v1/letters/{letter_id}/draft/submission"
        return await self.upstream.post(Letter, path, read, version=version)

    async def submit_answer(self, letter_id: UUID, text: DraftText, version: int) -> Letter:
        """Write an answer and ask for its review."""
        path = f"/v1/letters/{letter_id}/answer"
        return await self.upstream.post(Letter, path, text, version=version)

    async def withdraw_answer(self, letter_id: UUID, version: int) -> Letter:
        """Take back an answer that awaits review."""
        path = f"/v1/letters/{letter_id}/answer/withdrawal"
        return await self.upstream.post(Letter, path, version=version)

    async def review_answer(self, letter_id: UUID, review: AnswerReview, version: int) -> Letter:
        """Let an answer go to the writer, or give it back."""
        path = f"/v1/letters/{letter_id}/answer/review"
        return await self.upstream.post(Letter, path, review, version=version)

    async def leave_note(self, letter_id: UUID, new: NewNote) -> KeptNote:
        """Leave a note on a letter."""
        return await self.upstream.post(KeptNote, f"/v1/letters/{letter_id}/notes", new)
