"""What everyone may do with surveys: read them, answer them, see what they came to."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from services.interaction.participation.surveys.commands import responding
from services.interaction.participation.surveys.queries import public as queries
from services.interaction.participation.surveys.sealing import TOKEN_BYTES, AnswerKeys
from shared.contracts.page import Page
from shared.contracts.questionnaires import NewResponse
from shared.contracts.surveys import (
    DeviceToken,
    ListedSurvey,
    PublicSurvey,
    ResponseReceipt,
    SurveyTally,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAsAnyone, Reading, WhichPage

router = APIRouter(prefix="/v1/public", tags=["surveys"])


async def keys_of(request: Request) -> AnswerKeys:
    """Return the keys this application keeps answers with."""
    keys: AnswerKeys = request.app.state.answer_keys
    return keys


Keys = Annotated[AnswerKeys, Depends(keys_of)]
ShownPass = Annotated[
    str,
    Header(
        alias="X-Survey-Pass",
        max_length=80,
        description="The token of the device, or the code of an invitation.",
    ),
]


@router.get("/surveys")
async def list_public_surveys(
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
) -> Page[ListedSurvey]:
    """Return open and closed surveys, the latest opened first."""
    return await queries.surveys(session, site_code, page)


@router.get("/surveys/{survey_id}")
async def read_public_survey(survey_id: UUID, session: Reading) -> PublicSurvey:
    """Return an open or closed survey with its questions."""
    return await queries.survey(session, survey_id)


@router.get("/surveys/{survey_id}/tally")
async def read_survey_tally(survey_id: UUID, session: Reading) -> SurveyTally:
    """Return the counts, small ones hidden: after the end, and before it if the survey says so."""
    return await queries.tally(session, survey_id)


@router.post("/survey-devices", status_code=201)
async def admit_device(keys: Keys) -> DeviceToken:
    """Hand out a token by which a device answers each survey once; nothing is kept of it."""
    return DeviceToken(token=keys.token(token_bytes(TOKEN_BYTES)))


@router.post("/surveys/{survey_id}/responses", status_code=201, response_model=ResponseReceipt)
async def answer_survey(
    survey_id: UUID, new: NewResponse, shown: ShownPass, begin: BeginAsAnyone, keys: Keys
) -> Response:
    """Answer an open survey, once for each pass."""
    async with begin() as uow:
        receipt = await responding.respond(uow, survey_id, new, shown, keys, token_bytes)
        return await uow.answer(ResponseReceipt, receipt, 201)
