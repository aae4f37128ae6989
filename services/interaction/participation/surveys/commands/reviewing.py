"""What reviewers do: let a survey open, give it back, end it before its time."""

from uuid import UUID

from services.interaction.participation.surveys.commands import timing
from services.interaction.participation.surveys.commands.drafting import lock
from services.interaction.participation.surveys.models import Survey, SurveyClock
from services.interaction.participation.surveys.progress import (
    Act,
    advance,
    decide,
    time_faults,
)
from services.interaction.participation.surveys.queries import staff as queries
from shared.auth import Permission
from shared.contracts.content import Verdict
from shared.contracts.surveys import SurveyApproved, SurveyReview
from shared.problem import Invalid
from shared.uow import UnitOfWork


async def review(uow: UnitOfWork, survey_id: UUID, asked: SurveyReview, *, version: int) -> Survey:
    """Let exactly the text that was read open, at once or at its time, or give it back."""
    survey = await lock(uow, survey_id, version)
    _require(uow, survey)
    act = Act.APPROVE if asked.verdict is Verdict.APPROVE else Act.RETURN
    state = advance(survey.state, act)
    decide(
        authors=await queries.authors(uow.session, survey.id),
        reviewer=uow.actor.id,
        digests=(survey.digest, asked.digest),
        verdict=asked.verdict,
        reason=asked.reason,
    )
    survey.reviewer = uow.actor.id
    if act is Act.RETURN:
        await timing.give_back(uow, survey, asked.reason)
        return survey
    if found := list(time_faults(survey.opens_at, survey.closes_at, uow.now)):
        raise Invalid(found)
    survey.state = state
    clock = await uow.session.get_one(SurveyClock, survey.id)
    clock.due_at = survey.opens_at
    uow.announce(
        SurveyApproved(
            survey_id=survey.id,
            site_code=survey.site_code,
            digest=survey.digest,
            opens_at=survey.opens_at,
        )
    )
    if survey.opens_at is None or survey.opens_at <= uow.now:
        await timing.open_(uow, survey)
    return survey


async def close(uow: UnitOfWork, survey_id: UUID, reason: str, *, version: int) -> Survey:
    """End a survey before its time; what was answered is counted, and told."""
    survey = await lock(uow, survey_id, version)
    _require(uow, survey)
    advance(survey.state, Act.CLOSE)
    survey.reason = reason
    await timing.close(uow, survey)
    return survey


def _require(uow: UnitOfWork, survey: Survey) -> None:
    uow.actor.require(Permission.REVIEW_ANSWER, survey.sponsoring, site_code=survey.site_code)
