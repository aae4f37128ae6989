"""What clerks do: draft a survey for a site, and write it anew until it is opened."""

from uuid import UUID

from sqlalchemy import select

from services.interaction.group import queries as group
from services.interaction.participation.surveys import edition
from services.interaction.participation.surveys.models import Edition, Survey, SurveyClock
from services.interaction.participation.surveys.progress import Act, advance
from services.interaction.participation.surveys.queries.staff import NONE, visible_to
from services.interaction.participation.surveys.small_cells import small_cells
from shared.auth import Permission
from shared.contracts.surveys import NewSurvey, SurveyDrafted, SurveyState, SurveyText
from shared.ids import new_id
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


async def draft(uow: UnitOfWork, new: NewSurvey) -> Survey:
    """Draft a survey for a site; somebody else must approve it before it opens."""
    site = await group.site(uow.session, new.site_code)
    if site is None:
        raise Invalid([Fault("/site_code", "unknown", "没有这个网站。")])
    uow.actor.require(Permission.DISPATCH, site.sponsoring, site_code=site.code)
    if new.succeeds is not None:
        await _require_closed(uow, new.succeeds, site.code)
    survey = Survey(
        id=new_id(),
        site_code=site.code,
        sponsoring=site.sponsoring,
        succeeds=new.succeeds,
        edition=0,
    )
    _write(uow, survey, new)
    uow.session.add(survey)
    await uow.session.flush()
    uow.session.add_all([_edition(uow, survey, new), SurveyClock(id=survey.id)])
    _announce(uow, survey)
    return survey


async def revise(uow: UnitOfWork, survey_id: UUID, text: SurveyText, *, version: int) -> Survey:
    """Write a survey anew; whatever was approved before is approved no more."""
    survey = await lock(uow, survey_id, version)
    uow.actor.require(Permission.DISPATCH, survey.sponsoring, site_code=survey.site_code)
    survey.state = advance(survey.state, Act.REVISE)
    _write(uow, survey, text)
    clock = await uow.session.get_one(SurveyClock, survey.id)
    clock.due_at = None
    uow.session.add(_edition(uow, survey, text))
    _announce(uow, survey)
    return survey


async def lock(uow: UnitOfWork, survey_id: UUID, version: int) -> Survey:
    """Return a survey that the actor may know of, to be changed by nobody else meanwhile."""
    question = (
        select(Survey).where(Survey.id == survey_id, visible_to(uow.actor)).with_for_update()
    )
    survey = await uow.session.scalar(question)
    if survey is None:
        raise NotFound(NONE)
    expect(version, survey.version)
    return survey


async def _require_closed(uow: UnitOfWork, survey_id: UUID, site_code: str) -> None:
    closed = select(Survey.id).where(
        Survey.id == survey_id,
        Survey.site_code == site_code,
        Survey.state == SurveyState.CLOSED,
        Survey.succeeded_by.is_(None),
    )
    if await uow.session.scalar(closed) is None:
        told = "只能接续本网站已经结束、且尚无后续的调查。"
        raise Invalid([Fault("/succeeds", "not_closed", told)])


def _write(uow: UnitOfWork, survey: Survey, text: SurveyText) -> None:
    figures = small_cells().threshold
    if found := list(edition.faults(text, figures, uow.now)):
        raise Invalid(found)
    survey.state = SurveyState.DRAFTED
    survey.title, survey.answered_with = text.title, text.answered_with
    survey.opens_at, survey.closes_at = text.opens_at, text.closes_at
    survey.live_tally = text.live_tally
    survey.threshold = text.threshold or figures.usual
    survey.edition += 1
    survey.digest = edition.digest(edition.kept(text, figures))
    survey.author, survey.reviewer, survey.reason = uow.actor.id, None, None


def _edition(uow: UnitOfWork, survey: Survey, text: SurveyText) -> Edition:
    return Edition(
        survey_id=survey.id,
        number=survey.edition,
        text=edition.kept(text, small_cells().threshold),
        digest=survey.digest,
        author=survey.author,
        written_at=uow.now,
    )


def _announce(uow: UnitOfWork, survey: Survey) -> None:
    uow.announce(
        SurveyDrafted(
            survey_id=survey.id,
            site_code=survey.site_code,
            edition=survey.edition,
            digest=survey.digest,
        )
    )
