"""HTTP of interviews for those who hold them."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.interaction.citizens.router import Keys
from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.commands import asking, holding, preparing
from shared.contracts.interviewing import InterviewText, NewInterview, NewTranscriptEntry
from shared.contracts.interviews import (
    Interview,
    InterviewQuestion,
    InterviewState,
    OpenedQuestion,
    TranscriptEntry,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.voices import Moderation, VoiceState
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["interviews"])


@router.post("/interviews", status_code=201, response_model=Interview)
async def prepare_interview(new: NewInterview, begin: BeginAct) -> Response:
    """Prepare an interview."""
    async with begin() as uow:
        return await uow.answer(Interview, await preparing.prepare(uow, new), 201)


@router.get("/interviews")
async def list_interviews(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    state: InterviewState | None = None,
) -> Page[Interview]:
    """Return the interviews of the bearer's sites, the latest first."""
    return await queries.held_by(session, actor, page, site_code=site_code, state=state)


@router.get("/interviews/{interview_id}", response_model=Interview)
async def read_interview(interview_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return an interview as those who hold it work on it."""
    return await queries.interview(session, actor, interview_id)


@router.put("/interviews/{interview_id}", response_model=Interview)
async def change_interview(
    interview_id: UUID, text: InterviewText, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Prepare an interview otherwise, before it is announced."""
    async with begin() as uow:
        interview = await preparing.change(uow, interview_id, text, version=if_match)
        return await uow.answer(Interview, interview)


@router.post("/interviews/{interview_id}/announcement", response_model=Interview)
async def announce_interview(interview_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let the public know and ask; whoever prepared it may not."""
    async with begin() as uow:
        interview = await preparing.announce(uow, interview_id, version=if_match)
        return await uow.answer(Interview, interview)


@router.post("/interviews/{interview_id}/start", response_model=Interview)
async def start_interview(interview_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Go live."""
    async with begin() as uow:
        interview = await holding.start(uow, interview_id, version=if_match)
        return await uow.answer(Interview, interview)


@router.post("/interviews/{interview_id}/entries", status_code=201, response_model=TranscriptEntry)
async def enter_said(interview_id: UUID, new: NewTranscriptEntry, begin: BeginAct) -> Response:
    """Enter what was said, or put it in the place of what was entered wrongly."""
    async with begin() as uow:
        entry = await holding.enter(uow, interview_id, new)
        return await uow.answer(TranscriptEntry, entry, 201)


@router.post("/interviews/{interview_id}/end", response_model=Interview)
async def end_interview(interview_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Say no more; what was said may still be corrected."""
    async with begin() as uow:
        interview = await holding.end(uow, interview_id, version=if_match)
        return await uow.answer(Interview, interview)


@router.post("/interviews/{interview_id}/publication", response_model=Interview)
async def publish_record(interview_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Publish the record; whoever entered something of it may not."""
    async with begin() as uow:
        interview = await holding.publish(uow, interview_id, version=if_match)
        return await uow.answer(Interview, interview)


@router.get("/interviews/{interview_id}/questions")
async def list_questions(
    interview_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: VoiceState | None = None,
    answered: bool | None = None,  # noqa: FBT001  # a query parameter
) -> Page[InterviewQuestion]:
    """Return an interview's questions, sealed, the earliest first."""
    return await queries.questions(
        session, actor, interview_id, page, state=state, answered=answered
    )


@router.get("/questions/{question_id}")
async def read_question(
    question_id: UUID, actor: Somebody, session: Reading, keyring: Keys
) -> OpenedQuestion:
    """Return a question unsealed, and as everyone would read it."""
    return await queries.opened_question(session, actor, question_id, keyring)


@router.post("/questions/{question_id}/moderation", response_model=InterviewQuestion)
async def moderate_question(
    question_id: UUID, given: Moderation, if_match: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let a question be read by all, masked, or tell whoever asked why not."""
    async with begin() as uow:
        question = await asking.moderate_question(
            uow, question_id, given, keyring, token_bytes, version=if_match
        )
        return await uow.answer(InterviewQuestion, question)
