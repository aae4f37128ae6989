"""What happens to a survey when its time comes: it opens, tells its counts, and closes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from services.interaction.group import queries as group
from services.interaction.participation.surveys import announcement, edition
from services.interaction.participation.surveys.announcement import Announced
from services.interaction.participation.surveys.models import (
    PassMark,
    Survey,
    SurveyClock,
    Tally,
)
from services.interaction.participation.surveys.progress import Act, advance
from services.interaction.participation.surveys.queries import counting, public, staff
from services.interaction.participation.surveys.small_cells import small_cells
from services.interaction.participation.surveys.tally import Ballot, told
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.contracts.surveys import (
    SurveyClosed,
    SurveyOpened,
    SurveyReturned,
    SurveyState,
)
from shared.uow import UnitOfWork

TOO_LATE = "到开放时间时已过结束时间，请调整时间后重新提交审定。"


async def come_due(uow: UnitOfWork, survey_id: UUID) -> None:
    """Open or close a survey whose time has come."""
    survey = await uow.session.get_one(Survey, survey_id, with_for_update=True)
    clock = await uow.session.get_one(SurveyClock, survey_id)
    if clock.due_at is None or clock.due_at > uow.now:
        return  # written anew, given back or closed since the clock was read
    if survey.state is SurveyState.OPEN:
        await close(uow, survey)
    elif survey.closes_at <= uow.now:
        await give_back(uow, survey, TOO_LATE)
    else:
        await open_(uow, survey)


async def open_(uow: UnitOfWork, survey: Survey) -> None:
    """Let everyone read a survey, and those with a pass answer it."""
    survey.state = advance(survey.state, Act.OPEN)
    survey.opened_at = uow.now
    clock = await uow.session.get_one(SurveyClock, survey.id)
    clock.due_at, clock.leased_until = survey.closes_at, None
    uow.session.add(Tally(id=survey.id, due_at=_next_telling(uow) if survey.live_tally else None))
    if survey.succeeds is not None:
        before = update(Survey).where(Survey.id == survey.succeeds, Survey.succeeded_by.is_(None))
        await uow.session.execute(before.values(succeeded_by=survey.id))
    uow.announce(
        SurveyOpened(
            survey_id=survey.id,
            site_code=survey.site_code,
            title=survey.title,
            edition=survey.edition,
            digest=survey.digest,
            answered_with=survey.answered_with,
            closes_at=survey.closes_at,
            succeeds=survey.succeeds,
        )
    )
    text = await staff.text_of(uow.session, survey.id, survey.edition)
    announced = Announced(
        text["introduction"], len(text["questions"]), survey.answered_with, survey.closes_at
    )
    paragraphs = announcement.opening(announced)
    await _tell(uow, survey, ParticipationMoment.ANNOUNCED, survey.title, paragraphs)


async def close(uow: UnitOfWork, survey: Survey) -> None:
    """End a survey: count all that was answered, tell it, and forget who has answered."""
    early = uow.now < survey.closes_at
    survey.state = advance(survey.state, Act.CLOSE)
    survey.closed_at = uow.now
    clock = await uow.session.get_one(SurveyClock, survey.id)
    clock.due_at = None
    tally = await uow.session.get_one(Tally, survey.id, with_for_update=True)
    tally.due_at = None
    await _count(uow, survey, tally)
    await uow.session.execute(delete(PassMark).where(PassMark.survey_id == survey.id))
    result = public.told(survey, tally)
    uow.announce(
        SurveyClosed(
            survey_id=survey.id,
            site_code=survey.site_code,
            title=survey.title,
            digest=survey.digest,
            answered_with=survey.answered_with,
            invited=survey.invited,
            opened_at=survey.opened_at or uow.now,
            closed_at=uow.now,
            early=early,
            tally=result,
        )
    )
    title = f"{survey.title}结果"
    paragraphs = announcement.result(result, survey.invited)
    await _tell(uow, survey, ParticipationMoment.RESULT, title, paragraphs)


async def give_back(uow: UnitOfWork, survey: Survey, reason: str | None) -> None:
    """Let a survey wait for its authors to write it anew."""
    survey.state = advance(survey.state, Act.RETURN)
    survey.reason = reason
    clock = await uow.session.get_one(SurveyClock, survey.id)
    clock.due_at = None
    uow.announce(
        SurveyReturned(survey_id=survey.id, site_code=survey.site_code, digest=survey.digest)
    )


async def tell_live(uow: UnitOfWork, survey_id: UUID) -> None:
    """Tell what was answered so far, if enough more was; as much is always left out.

    So whoever lays any two tellings side by side, the last one too, learns of that many people
    together and of nobody alone.
    """
    # The survey first, as when it is closed.
    survey = await uow.session.get_one(Survey, survey_id, with_for_update={"read": True})
    tally = await uow.session.get_one(Tally, survey_id, with_for_update=True)
    if tally.due_at is None or tally.due_at > uow.now:
        return
    tally.due_at = _next_telling(uow)
    step = max(small_cells().live.responses, survey.threshold)
    more = await counting.uncounted(uow.session, survey_id) - step
    if more >= step:
        await counting.count_in(uow.session, survey_id, more)
        await _count(uow, survey, tally)


async def _count(uow: UnitOfWork, survey: Survey, tally: Tally) -> None:
    text = await staff.text_of(uow.session, survey.id, survey.edition)
    ballot = Ballot(edition.questions(text))
    final = survey.state is SurveyState.CLOSED
    answers = counting.all_answers if final else counting.counted
    async for values in answers(uow.session, survey.id):
        ballot.add(values)
    mean_from = small_cells().mean_from.answered
    tally.questions = [
        each.model_dump(mode="json") for each in told(ballot, survey.threshold, mean_from)
    ]
    tally.responses, tally.counted_at = ballot.responses, uow.now


def _next_telling(uow: UnitOfWork) -> datetime:
    return uow.now + timedelta(minutes=small_cells().live.minutes)


async def _tell(
    uow: UnitOfWork,
    survey: Survey,
    moment: ParticipationMoment,
    title: str,
    paragraphs: list[str],
) -> None:
    """Say what an item may be made of; content makes a draft of it, which is reviewed there."""
    unit = await group.organization_at(uow.session, survey.sponsoring)
    uow.announce(
        ParticipationTold(
            subject_id=survey.id,
            kind=ParticipationKind.SURVEY,
            moment=moment,
            site_code=survey.site_code,
            title=title,
            paragraphs=paragraphs,
            source=unit and unit.name,
            author=survey.author,
        )
    )
