"""HTTP of consultations for those who hold them."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.interaction.citizens.router import Keys
from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.commands import (
    answering,
    moderating,
    preparing,
)
from shared.contracts import consulting
from shared.contracts.consultations import (
    Consultation,
    ConsultationAnswer,
    ConsultationState,
    OpenedOpinion,
    Opinion,
)
from shared.contracts.consulting import (
    ConsultationText,
    NewAnswerToOpinions,
    NewConsultation,
    NewConsultationReport,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.voices import Moderation, VoiceState
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["consultations"])


@router.post("/consultations", status_code=201, response_model=Consultation)
async def prepare_consultation(new: NewConsultation, begin: BeginAct) -> Response:
    """Prepare a draft to be put before the public."""
    async with begin() as uow:
        return await uow.answer(Consultation, await preparing.prepare(uow, new), 201)


@router.get("/consultations")
async def list_consultations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    state: ConsultationState | None = None,
) -> Page[Consultation]:
    """Return the consultations of the bearer's sites, the latest first."""
    return await queries.held_by(session, actor, page, site_code=site_code, state=state)


@router.get("/consultations/{consultation_id}", response_model=Consultation)
async def read_consultation(consultation_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a consultation as those who hold it work on it."""
    return await queries.consultation(session, actor, consultation_id)


@router.put("/consultations/{consultation_id}", response_model=Consultation)
async def change_consultation(
    consultation_id: UUID, text: ConsultationText, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Prepare a consultation otherwise, before it is opened."""
    async with begin() as uow:
        held = await preparing.change(uow, consultation_id, text, version=if_match)
        return await uow.answer(Consultation, held)


@router.post("/consultations/{consultation_id}/opening", response_model=Consultation)
async def open_consultation(consultation_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Put a draft before the public; whoever prepared it may not."""
    async with begin() as uow:
        held = await preparing.open_(uow, consultation_id, version=if_match)
        return await uow.answer(Consultation, held)


@router.get("/consultations/{consultation_id}/opinions")
async def list_opinions(
    consultation_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: VoiceState | None = None,
    answered: bool | None = None,  # noqa: FBT001  # a query parameter
) -> Page[Opinion]:
    """Return a consultation's opinions, sealed, the earliest first."""
    return await queries.opinions(
        session, actor, consultation_id, page, state=state, answered=answered
    )


@router.get("/opinions/{opinion_id}")
async def read_opinion(
    opinion_id: UUID, actor: Somebody, session: Reading, keyring: Keys
) -> OpenedOpinion:
    """Return an opinion unsealed, and as everyone would read it."""
    return await queries.opened_opinion(session, actor, opinion_id, keyring)


@router.post("/opinions/{opinion_id}/moderation", response_model=Opinion)
async def moderate_opinion(
    opinion_id: UUID, given: Moderation, if_match: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let an opinion be read by all, masked, or tell its participant why not."""
    async with begin() as uow:
        opinion = await moderating.moderate_opinion(
            uow, opinion_id, given, keyring, token_bytes, version=if_match
        )
        return await uow.answer(Opinion, opinion)


@router.get("/consultations/{consultation_id}/answers")
async def list_answers(
    consultation_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[ConsultationAnswer]:
    """Return what is to become of the opinions, as far as it was decided."""
    return await queries.answers(session, actor, consultation_id, page)


@router.post(
    "/consultations/{consultation_id}/answers", status_code=201, response_model=ConsultationAnswer
)
async def answer_opinions(
    consultation_id: UUID, new: NewAnswerToOpinions, begin: BeginAct
) -> Response:
    """Answer opinions that say alike; they leave the answer they had."""
    async with begin() as uow:
        given = await answering.answer(uow, consultation_id, new)
        return await uow.answer(ConsultationAnswer, given, 201)


@router.put("/consultation-answers/{answer_id}", response_model=ConsultationAnswer)
async def change_answer(
    answer_id: UUID, new: consulting.AnswerToOpinions, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Answer the same opinions otherwise."""
    async with begin() as uow:
        given = await answering.change_answer(uow, answer_id, new, version=if_match)
        return await uow.answer(ConsultationAnswer, given)


@router.put("/consultations/{consultation_id}/report", response_model=Consultation)
async def write_report(
    consultation_id: UUID, new: NewConsultationReport, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Write what came of a consultation that has ended."""
    async with begin() as uow:
        held = await answering.write_report(uow, consultation_id, new, version=if_match)
        return await uow.answer(Consultation, held)


@router.post("/consultations/{consultation_id}/report/publication", response_model=Consultation)
async def publish_report(consultation_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Publish the report with every answer, which closes the consultation."""
    async with begin() as uow:
        held = await answering.publish_report(uow, consultation_id, version=if_match)
        return await uow.answer(Consultation, held)
