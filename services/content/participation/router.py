"""HTTP of what participation asks to publish."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.content.participation import commands, queries
from shared.contracts.page import Page
from shared.contracts.participation_texts import (
    ParticipationText,
    TextAcceptance,
    TextDismissal,
    TextState,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["participation"])


@router.get("/participation-texts")
async def list_texts(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    subject_id: UUID | None = None,
    state: TextState | None = None,
) -> Page[ParticipationText]:
    """Return what surveys, consultations and interviews told, and what became of it."""
    return await queries.texts(
        session, actor, page, site_code=site_code, subject_id=subject_id, state=state
    )


@router.get("/participation-texts/{text_id}", response_model=ParticipationText)
async def read_text(text_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return one text, and what became of it."""
    return await queries.text(session, actor, text_id)


@router.post("/participation-texts/{text_id}/acceptance", response_model=ParticipationText)
async def accept_text(
    text_id: UUID, given: TextAcceptance, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Make a draft of a text, which goes through review like any."""
    async with begin() as uow:
        text = await commands.accept(uow, text_id, given, version=if_match)
        return await uow.answer(ParticipationText, text)


@router.post("/participation-texts/{text_id}/dismissal", response_model=ParticipationText)
async def dismiss_text(
    text_id: UUID, given: TextDismissal, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say why nothing is made of a text."""
    async with begin() as uow:
        text = await commands.dismiss(uow, text_id, given, version=if_match)
        return await uow.answer(ParticipationText, text)
