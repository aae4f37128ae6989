"""HTTP of consultations for everyone."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.interaction.citizens.router import Keys, Shown, cacheable, closed, opened
from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.commands import taking_part
from services.interaction.participation.consultations.conduct import NoSuchOpinion
from shared.contracts.consultations import (
    ConsultationState,
    OpenedConsultation,
    OpinionStatus,
    PublicAnswer,
    PublicConsultation,
    PublicOpinion,
)
from shared.contracts.consulting import NewOpinion
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.voices import VoiceNumber, VoiceReceipt
from shared.requests import AlreadyAnswered, BeginAsAnyone, Reading, WhichPage

router = APIRouter(prefix="/v1/public", tags=["consultations"])


@router.get("/consultations", response_model=Page[PublicConsultation])
async def list_public_consultations(
    request: Request,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    state: ConsultationState | None = None,
) -> Response:
    """Return the consultations that were opened, the latest first."""
    return cacheable(request, await queries.listed(session, site_code, state, page))


@router.get("/consultations/{consultation_id}", response_model=OpenedConsultation)
async def read_public_consultation(
    request: Request, consultation_id: UUID, session: Reading
) -> Response:
    """Return a consultation with its draft and, once it is public, its report."""
    return cacheable(request, await queries.public(session, consultation_id))


@router.get("/consultations/{consultation_id}/opinions", response_model=Page[PublicOpinion])
async def list_public_opinions(
    request: Request,
    consultation_id: UUID,
    session: Reading,
    page: WhichPage,
    paragraph: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """Return approved opinions, the earliest first, personal data masked."""
    found = await queries.public_opinions(session, consultation_id, paragraph, page)
    return cacheable(request, found)


@router.get("/consultations/{consultation_id}/answers", response_model=Page[PublicAnswer])
async def list_public_answers(
    request: Request, consultation_id: UUID, session: Reading, page: WhichPage
) -> Response:
    """Return what became of the opinions, once the report is public."""
    return cacheable(request, await queries.public_answers(session, consultation_id, page))


@router.post(
    "/consultations/{consultation_id}/opinions", status_code=201, response_model=VoiceReceipt
)
async def give_opinion(
    consultation_id: UUID, new: NewOpinion, begin: BeginAsAnyone, keyring: Keys
) -> Response:
    """Say what you think; number and query code tell what became of it."""
    try:
        async with begin() as uow:
            receipt = await taking_part.hand_in(uow, consultation_id, new, keyring, token_bytes)
            kept = await uow.answer(VoiceReceipt, closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return opened(VoiceReceipt, kept, keyring)


@router.get("/opinions/{number}")
async def follow_opinion(
    number: VoiceNumber, shown: Shown, begin: BeginAsAnyone, keyring: Keys
) -> OpinionStatus:
    """Return what became of an opinion to whoever gave it.

    A wrong code and an unknown number are answered alike, and counted alike.
    """
    async with begin() as uow:
        status = await taking_part.follow(uow, number, shown, keyring)
    # Only here, so that the count of the wrong code is committed.
    if status is None:
        raise NoSuchOpinion
    return status
