"""What those with authority over a site may ask of its surveys."""

from collections.abc import AsyncIterator, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.participation.surveys.models import Edition, Response, Survey
from services.interaction.participation.surveys.sealing import AnswerKeys
from services.interaction.participation.surveys.table import Response as Answered
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import surveys as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

AT_ONCE = 500
NONE = "没有这项调查。"
SURVEYS = Listing("surveys", contracts.Survey, [(Survey.id, UUID)])
EDITIONS = Listing("survey-editions", contracts.SurveyEdition, [(Edition.number, int)])


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Select the surveys of sites an actor drafts or approves them for."""
    reach = (Permission.DISPATCH, Permission.REVIEW_ANSWER)
    return or_(*(reached(actor, each, Survey.sponsoring, site=Survey.site_code) for each in reach))


async def surveys(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    state: contracts.SurveyState | None,
    asked: Asked,
) -> Page[contracts.Survey]:
    """Return one page of the surveys an actor may know of, the latest first."""
    question = select(Survey).where(visible_to(actor))
    if site_code is not None:
        question = question.where(Survey.site_code == site_code)
    if state is not None:
        question = question.where(Survey.state == state)
    return await SURVEYS.turn(session, question, asked)


async def survey(session: AsyncSession, actor: Actor, survey_id: UUID) -> Survey:
    """Return a survey, or refuse as if there were none."""
    found = await session.scalar(select(Survey).where(Survey.id == survey_id, visible_to(actor)))
    if found is None:
        raise NotFound(NONE)
    return found


async def opened(session: AsyncSession, found: Survey) -> contracts.OpenedSurvey:
    """Return a survey with its text, and how many have answered."""
    text = await text_of(session, found.id, found.edition)
    answered = select(func.count()).where(Response.survey_id == found.id)
    return contracts.OpenedSurvey(
        **contracts.Survey.model_validate(found, from_attributes=True).model_dump(),
        introduction=text["introduction"],
        questions=text["questions"],
        responses=await session.scalar(answered) or 0,
    )


async def editions(
    session: AsyncSession, actor: Actor, survey_id: UUID, asked: Asked
) -> Page[contracts.SurveyEdition]:
    """Return one page of the texts a survey had, the latest first."""
    await survey(session, actor, survey_id)
    question = select(Edition).where(Edition.survey_id == survey_id)
    return await EDITIONS.turn(session, question, asked)


async def text_of(session: AsyncSession, survey_id: UUID, number: int) -> dict[str, Any]:
    """Return one text of a survey, as it was written down."""
    question = select(Edition).where(Edition.survey_id == survey_id, Edition.number == number)
    return (await session.scalars(question)).one().text


async def authors(session: AsyncSession, survey_id: UUID) -> Collection[str]:
    """Return everybody who wrote a text of a survey."""
    question = select(Edition.author).where(Edition.survey_id == survey_id).distinct()
    return (await session.scalars(question)).all()


async def responses(
    session: AsyncSession, survey_id: UUID, keys: AnswerKeys
) -> AsyncIterator[Answered]:
    """Yield what was answered, in no order that tells anything, never all in memory at once."""
    question = (
        select(Response.id, Response.answers, Response.sealed_texts)
        .where(Response.survey_id == survey_id)
        .order_by(Response.id)
        .execution_options(yield_per=AT_ONCE)
    )
    async for id_, values, sealed in await session.stream(question):
        texts = keys.open(sealed, id_) if sealed is not None else {}
        yield Answered(id_, values, texts)
