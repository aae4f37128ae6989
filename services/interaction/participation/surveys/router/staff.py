"""What staff do with surveys: draft, review, invite, close, and take the answers out."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from services.interaction.participation.surveys import adapters, edition, table
from services.interaction.participation.surveys.adapters import Form
from services.interaction.participation.surveys.commands import drafting, inviting, reviewing
from services.interaction.participation.surveys.progress import Act, advance
from services.interaction.participation.surveys.queries import staff as queries
from services.interaction.participation.surveys.router.public import Keys
from shared.contracts.page import Page
from shared.contracts.surveys import (
    Invitations,
    NewSurvey,
    OpenedSurvey,
    Survey,
    SurveyClosing,
    SurveyEdition,
    SurveyReview,
    SurveyState,
    SurveyText,
    WantedInvitations,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/surveys", tags=["surveys"])


@router.post("", status_code=201, response_model=Survey)
async def draft_survey(new: NewSurvey, begin: BeginAct) -> Response:
    """Draft a survey for a site."""
    async with begin() as uow:
        return await uow.answer(Survey, await drafting.draft(uow, new), 201)


@router.get("")
async def list_surveys(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: SurveyState | None = None,
) -> Page[Survey]:
    """Return the surveys within the actor's authority, the latest first."""
    return await queries.surveys(session, actor, site_code, state, page)


@router.get("/{survey_id}")
async def read_survey(
    actor: Somebody, survey_id: UUID, session: Reading, response: Response
) -> OpenedSurvey:
    """Return a survey with its text, and how many have answered."""
    survey = await queries.opened(session, await queries.survey(session, actor, survey_id))
    response.headers["ETag"] = f'"{survey.version}"'
    return survey


@router.put("/{survey_id}", response_model=Survey)
async def revise_survey(
    survey_id: UUID, text: SurveyText, version: IfMatch, begin: BeginAct
) -> Response:
    """Write a survey anew before it opens; it must be approved again."""
    async with begin() as uow:
        survey = await drafting.revise(uow, survey_id, text, version=version)
        return await uow.answer(Survey, survey)


@router.get("/{survey_id}/editions")
async def list_survey_editions(
    actor: Somebody, survey_id: UUID, session: Reading, page: WhichPage
) -> Page[SurveyEdition]:
    """Return every text a survey had, the latest first."""
    return await queries.editions(session, actor, survey_id, page)


@router.post("/{survey_id}/review", response_model=Survey)
async def review_survey(
    survey_id: UUID, review: SurveyReview, version: IfMatch, begin: BeginAct
) -> Response:
    """Let a survey open, at once or at its time, or give it back with a reason."""
    async with begin() as uow:
        survey = await reviewing.review(uow, survey_id, review, version=version)
        return await uow.answer(Survey, survey)


@router.post("/{survey_id}/invitations", status_code=201, response_model=Invitations)
async def invite_to_survey(
    survey_id: UUID, wanted: WantedInvitations, version: IfMatch, begin: BeginAct, keys: Keys
) -> Response:
    """Return codes to hand out, each good for one response; they are shown this once."""
    async with begin() as uow:
        codes = await inviting.invite(
            uow, survey_id, wanted.count, keys, token_bytes, version=version
        )
        issued = Invitations(count=wanted.count, codes=codes)
        return await uow.answer(Invitations, issued, 201, once={"codes"})


@router.post("/{survey_id}/closure", response_model=Survey)
async def close_survey(
    survey_id: UUID, closing: SurveyClosing, version: IfMatch, begin: BeginAct
) -> Response:
    """End a survey before its time; what was answered so far is its result."""
    async with begin() as uow:
        survey = await reviewing.close(uow, survey_id, closing.reason, version=version)
        return await uow.answer(Survey, survey)


@router.get("/{survey_id}/responses.{form}", response_class=Response)
async def export_responses(
    actor: Somebody, survey_id: UUID, form: Form, session: Reading, keys: Keys
) -> Response:
    """Return a row for each response to a closed survey, in columns its questions fixed."""
    survey = await queries.survey(session, actor, survey_id)
    advance(survey.state, Act.EXPORT)
    text = await queries.text_of(session, survey.id, survey.edition)
    questions = edition.questions(text)
    rows = (
        table.row(questions, response, survey.edition)
        async for response in queries.responses(session, survey.id, keys)
    )
    file = await adapters.written(form, table.headings(questions), rows)
    named = {"Content-Disposition": f'attachment; filename="survey-{survey.id}.{form}"'}
    return StreamingResponse(
        adapters.pieces(file), media_type=adapters.MEDIA_TYPES[form], headers=named
    )
