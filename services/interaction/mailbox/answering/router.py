"""HTTP of answering."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.answering.commands import (
    drafting,
    noting,
    reviewing,
    submitting,
)
from services.interaction.mailbox.answering.queries import beside, submitted
from shared.business_day import business_date
from shared.contracts.answer_drafts import (
    AnswerDraft,
    DraftSubmission,
    DraftText,
    EntryInsertion,
    SavedDraft,
)
from shared.contracts.answer_library import LibraryCitation
from shared.contracts.answers import AnswerReview, LetterAnswer
from shared.contracts.letter_notes import KeptNote, LetterNote, NewNote
from shared.contracts.letters import Letter
from shared.contracts.page import Page
from shared.requests import (
    BeginAct,
    IfMatch,
    IfMatchOrNew,
    InHouse,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/letters/{letter_id}/draft")
async def read_draft(
    actor: Somebody,
    letter_id: UUID,
    session: Reading,
    keyring: Keys,
    stands: InHouse,
    response: Response,
) -> AnswerDraft:
    """Return what the unit in charge has written so far, to its own people alone."""
    today = business_date(stands.clock())
    draft = await beside.draft(session, actor, keyring, letter_id, today)
    response.headers["ETag"] = f'"{draft.version}"'
    return draft


@router.put("/letters/{letter_id}/draft", response_model=SavedDraft)
async def save_draft(
    letter_id: UUID, text: DraftText, version: IfMatchOrNew, begin: BeginAct, keyring: Keys
) -> Response:
    """Save the draft of the unit in charge, which asks nobody for anything.

    If-Match names the version of the draft, and is left out for the first text.
    """
    async with begin() as uow:
        saved = await drafting.save_draft(
            uow, letter_id, text, keyring, token_bytes, version=version
        )
        return await uow.answer(SavedDraft, saved)


@router.post("/letters/{letter_id}/draft/entries", response_model=SavedDraft)
async def insert_entry(
    letter_id: UUID,
    of: EntryInsertion,
    version: IfMatchOrNew,
    begin: BeginAct,
    keyring: Keys,
) -> Response:
    """Put an entry of the answer library at the end of the draft."""
    async with begin() as uow:
        saved = await drafting.insert_entry(
            uow, letter_id, of.entry_id, keyring, token_bytes, version=version
        )
        return await uow.answer(SavedDraft, saved)


@router.post("/letters/{letter_id}/draft/submission", response_model=Letter)
async def submit_draft(
    letter_id: UUID,
    read: DraftSubmission,
    version: IfMatch,
    begin: BeginAct,
    keyring: Keys,
) -> Response:
    """Ask for the review of the draft; If-Match names the version of the letter."""
    async with begin() as uow:
        letter = await submitting.submit_draft(
            uow,
            letter_id,
            keyring,
            token_bytes,
            draft_version=read.draft_version,
            version=version,
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer", response_model=Letter)
async def draft_answer(
    letter_id: UUID, new: DraftText, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Write the answer that a reviewer will be asked to let go: the first, or a further one."""
    async with begin() as uow:
        letter = await submitting.draft_answer(
            uow, letter_id, new, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer/withdrawal", response_model=Letter)
async def withdraw_answer(letter_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Take back an answer that awaits review."""
    async with begin() as uow:
        letter = await submitting.withdraw_answer(uow, letter_id, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer/review", response_model=Letter)
async def review_answer(
    letter_id: UUID, review: AnswerReview, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let the answer go to the writer, or give it back with a reason."""
    async with begin() as uow:
        letter = await reviewing.review_answer(
            uow, letter_id, review, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.get("/letters/{letter_id}/answers")
async def list_answers(
    actor: Somebody, letter_id: UUID, session: Reading, page: WhichPage, keyring: Keys
) -> Page[LetterAnswer]:
    """Return what was submitted for a letter and what became of it, the latest first."""
    return await submitted.answers(session, actor, keyring, letter_id, page)


@router.get("/letters/{letter_id}/notes")
async def list_notes(
    actor: Somebody, letter_id: UUID, session: Reading, page: WhichPage, keyring: Keys
) -> Page[LetterNote]:
    """Return the notes on a letter, the first first."""
    return await beside.notes(session, actor, keyring, letter_id, page)


@router.post("/letters/{letter_id}/notes", status_code=201, response_model=KeptNote)
async def leave_note(letter_id: UUID, new: NewNote, begin: BeginAct, keyring: Keys) -> Response:
    """Leave a note for those who work on a letter, or put an own one right."""
    async with begin() as uow:
        kept = await noting.note(uow, letter_id, new, keyring, token_bytes)
        return await uow.answer(KeptNote, kept, 201)


@router.get("/library-citations")
async def list_citations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    stands: InHouse,
    entry_id: UUID | None = None,
    outdated: Annotated[
        bool | None, Query(description="Those of texts that may be used no more, or the others.")
    ] = None,
) -> Page[LibraryCitation]:
    """Return the answers within the actor's authority that say something of the library."""
    today = business_date(stands.clock())
    return await beside.citations(session, actor, entry_id, today, page, outdated=outdated)
