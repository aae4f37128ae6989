"""HTTP of interviews for everyone."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.interaction.citizens.router import Keys, Shown, cacheable, closed, opened
from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.commands import asking
from services.interaction.participation.interviews.conduct import NoSuchQuestion
from shared.contracts.interviewing import NewQuestion
from shared.contracts.interviews import (
    InterviewState,
    PublicInterview,
    PublicQuestion,
    QuestionStatus,
    TranscriptEntry,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.voices import VoiceNumber, VoiceReceipt
from shared.requests import AlreadyAnswered, BeginAsAnyone, Reading, WhichPage

router = APIRouter(prefix="/v1/public", tags=["interviews"])


@router.get("/interviews", response_model=Page[PublicInterview])
async def list_public_interviews(
    request: Request,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    state: InterviewState | None = None,
) -> Response:
    """Return the interviews that were announced, the latest first."""
    return cacheable(request, await queries.listed(session, site_code, state, page))


@router.get("/interviews/{interview_id}", response_model=PublicInterview)
async def read_public_interview(
    request: Request, interview_id: UUID, session: Reading
) -> Response:
    """Return an interview: who answers what about, and how far it is."""
    found = await queries.public(session, interview_id)
    return cacheable(request, PublicInterview.model_validate(found, from_attributes=True))


@router.get("/interviews/{interview_id}/questions", response_model=Page[PublicQuestion])
async def list_public_questions(
    request: Request, interview_id: UUID, session: Reading, page: WhichPage
) -> Response:
    """Return approved questions, the earliest first, personal data masked."""
    return cacheable(request, await queries.public_questions(session, interview_id, page))


@router.get("/interviews/{interview_id}/entries")
async def list_entries(
    interview_id: UUID, session: Reading, page: WhichPage
) -> Page[TranscriptEntry]:
    """Return what was said, in order; whoever reads along does so as a stream."""
    return await queries.transcript(session, interview_id, page)


@router.post("/interviews/{interview_id}/questions", status_code=201, response_model=VoiceReceipt)
async def ask_question(
    interview_id: UUID, new: NewQuestion, begin: BeginAsAnyone, keyring: Keys
) -> Response:
    """Ask before or while an interview is held; number and query code tell what became of it."""
    try:
        async with begin() as uow:
            receipt = await asking.ask(uow, interview_id, new, keyring, token_bytes)
            kept = await uow.answer(VoiceReceipt, closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return opened(VoiceReceipt, kept, keyring)


@router.get("/questions/{number}")
async def follow_question(
    number: VoiceNumber, shown: Shown, begin: BeginAsAnyone, keyring: Keys
) -> QuestionStatus:
    """Return what became of a question to whoever asked it.

    A wrong code and an unknown number are answered alike, and counted alike.
    """
    async with begin() as uow:
        status = await asking.follow(uow, number, shown, keyring)
    # Only here, so that the count of the wrong code is committed.
    if status is None:
        raise NoSuchQuestion
    return status
