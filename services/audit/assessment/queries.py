"""Questions about assessments."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.audit.assessment.models import Assessment, RegisteredRuleset
from services.audit.assessment.schemas import ExplainedAssessment
from services.audit.monitoring.queries import overseen
from shared.auth import Actor
from shared.contracts import audit as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

MADE = Listing[contracts.Assessment]("assessments", ExplainedAssessment, [(Assessment.id, UUID)])
PUBLISHED = Listing[contracts.Assessment](
    "published-assessments", ExplainedAssessment, [(Assessment.id, UUID)]
)


async def registered(session: AsyncSession, id: str, version: str) -> RegisteredRuleset:
    """Return one version of a rule set as it was first used."""
    return await session.get_one(RegisteredRuleset, (id, version))


async def assessments(
    session: AsyncSession, actor: Actor, site_code: str | None, asked: Asked
) -> Page[contracts.Assessment]:
    """Return one page of the assessments of sites the actor oversees, the latest first."""
    question = _whole().where(overseen(actor, Assessment.site_code))
    if site_code is not None:
        question = question.where(Assessment.site_code == site_code)
    return await MADE.turn(session, question, asked)


async def assessment(session: AsyncSession, actor: Actor, assessment_id: UUID) -> Assessment:
    """Return an assessment the actor may see, or refuse as if it did not exist."""
    mine = overseen(actor, Assessment.site_code)
    return _found(await session.scalar(_whole().where(Assessment.id == assessment_id, mine)))


async def locked(session: AsyncSession, actor: Actor, assessment_id: UUID) -> Assessment:
    """Return an assessment the actor may see, locked until the act ends."""
    mine = overseen(actor, Assessment.site_code)
    question = _whole().where(Assessment.id == assessment_id, mine)
    return _found(await session.scalar(question.with_for_update(of=Assessment)))


async def published(
    session: AsyncSession, site_code: str | None, asked: Asked
) -> Page[contracts.Assessment]:
    """Return one page of published assessments, the latest first."""
    question = _whole().where(Assessment.published_at.is_not(None))
    if site_code is not None:
        question = question.where(Assessment.site_code == site_code)
    return await PUBLISHED.turn(session, question, asked)


async def published_assessment(session: AsyncSession, assessment_id: UUID) -> Assessment:
    """Return a published assessment, or refuse."""
    public = Assessment.published_at.is_not(None)
    return _found(await session.scalar(_whole().where(Assessment.id == assessment_id, public)))


def _whole() -> Select[Assessment]:
    return select(Assessment).options(joinedload(Assessment.registered))


def _found(row: Assessment | None) -> Assessment:
    if row is None:
        raise NotFound("没有这次考核。")
    return row
