"""What everyone may ask of surveys: those that were opened, and what is told of their answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.participation.surveys.models import Edition, Survey, Tally
from services.interaction.participation.surveys.progress import PUBLIC
from services.interaction.participation.surveys.queries.staff import NONE
from shared.contracts import surveys as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

LISTED = Listing(
    "public-surveys",
    contracts.ListedSurvey,
    [(Survey.opened_at, datetime.fromisoformat), (Survey.id, UUID)],
)


class NoTally(NotFound):
    """What was answered to this survey is not told to everyone, or not yet."""

    advice = "本次调查的结果尚未公布。"


async def surveys(
    session: AsyncSession, site_code: str | None, asked: Asked
) -> Page[contracts.ListedSurvey]:
    """Return one page of open and closed surveys, the latest opened first."""
    question = select(Survey).where(Survey.state.in_(PUBLIC))
    if site_code is not None:
        question = question.where(Survey.site_code == site_code)
    return await LISTED.turn(session, question, asked)


async def survey(session: AsyncSession, survey_id: UUID) -> contracts.PublicSurvey:
    """Return an open or closed survey with its questions, or refuse."""
    question = (
        select(Survey, Edition.text)
        .join(Edition, (Edition.survey_id == Survey.id) & (Edition.number == Survey.edition))
        .where(Survey.id == survey_id, Survey.state.in_(PUBLIC))
    )
    found = (await session.execute(question)).one_or_none()
    if found is None:
        raise NotFound(NONE)
    row, text = found
    return contracts.PublicSurvey(
        **contracts.ListedSurvey.model_validate(row, from_attributes=True).model_dump(),
        introduction=text["introduction"],
        questions=text["questions"],
        threshold=row.threshold,
        digest=row.digest,
    )


async def tally(session: AsyncSession, survey_id: UUID) -> contracts.SurveyTally:
    """Return what is told of the answers: the final counts, or the live ones if there are any."""
    question = (
        select(Survey, Tally)
        .join(Tally, Tally.id == Survey.id)
        .where(Survey.id == survey_id, Survey.state.in_(PUBLIC))
    )
    found = (await session.execute(question)).one_or_none()
    if found is None:
        raise NotFound(NONE)
    row, counted = found
    if counted.counted_at is None:
        raise NoTally
    return told(row, counted)


def told(row: Survey, counted: Tally) -> contracts.SurveyTally:
    """Return a tally as it is told."""
    return contracts.SurveyTally(
        survey_id=row.id,
        final=row.state is contracts.SurveyState.CLOSED,
        responses=counted.responses,
        counted_at=counted.counted_at,
        threshold=row.threshold,
        questions=counted.questions,
    )
