"""Saying what becomes of every opinion, and publishing that; only so is a consultation closed."""

from uuid import UUID

from sqlalchemy import delete, exists, select, update

from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.conduct import (
    Act,
    OutOfSequence,
    advance,
    another,
    check_settled,
)
from services.interaction.participation.consultations.models import (
    Consultation,
    ConsultationAnswer,
    ConsultationClock,
    Opinion,
)
from services.interaction.participation.consultations.telling import REST, RESULT, result
from services.interaction.participation.telling import bounded
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts import consulting
from shared.contracts.consultations import (
    ConsultationClosed,
    OpinionsAnswered,
    ReportWritten,
)
from shared.contracts.consulting import (
    AdoptionDecision,
    NewAnswerToOpinions,
    NewConsultationReport,
)
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.contracts.voices import VoiceState
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect


async def answer(
    uow: UnitOfWork, consultation_id: UUID, new: NewAnswerToOpinions
) -> ConsultationAnswer:
    """ConsultationAnswer opinions that say alike; they leave the answer they had."""
    to = await queries.consultation(uow.session, uow.actor, consultation_id, locked=True)
    _check_answers(uow, to)
    given = ConsultationAnswer(
        id=new_id(),
        consultation_id=to.id,
        answered_by=uow.actor.id,
        **new.model_dump(exclude={"opinions"}),
    )
    uow.session.add(given)
    await uow.session.flush()
    wanted = set(new.opinions)
    answered = await uow.session.scalars(
        update(Opinion)
        .where(
            Opinion.id.in_(wanted),
            Opinion.consultation_id == to.id,
            Opinion.state == VoiceState.APPROVED,
        )
        .values(answer_id=given.id, version=Opinion.version + 1)
        .returning(Opinion.id)
        .execution_options(synchronize_session=False)
    )
    if wanted - set(answered):
        raise Invalid([Fault("/opinions", "not_approved", "只能答复本次征集中已通过审核的意见。")])
    left = ~exists(select(Opinion.id).where(Opinion.answer_id == ConsultationAnswer.id))
    await uow.session.execute(
        delete(ConsultationAnswer)
        .where(ConsultationAnswer.consultation_id == to.id, left)
        .execution_options(synchronize_session=False)
    )
    await _tell_answered(uow, given)
    return given


async def change_answer(
    uow: UnitOfWork, answer_id: UUID, new: consulting.AnswerToOpinions, *, version: int
) -> ConsultationAnswer:
    """ConsultationAnswer the same opinions otherwise."""
    to = await queries.consultation_of(uow.session, uow.actor, ConsultationAnswer, answer_id)
    _check_answers(uow, to)
    given = await uow.session.get_one(ConsultationAnswer, answer_id)
    expect(version, given.version)
    given.decision, given.gist, given.reason = new.decision, new.gist, new.reason
    given.answered_by = uow.actor.id
    await _tell_answered(uow, given)
    return given


async def write_report(
    uow: UnitOfWork, consultation_id: UUID, new: NewConsultationReport, *, version: int
) -> Consultation:
    """Write what came of a consultation, for another person to publish."""
    to = await queries.consultation(uow.session, uow.actor, consultation_id, locked=True)
    uow.actor.require(Permission.EDIT, to.sponsoring, site_code=to.site_code)
    expect(version, to.version)
    to.state = advance(to.state, Act.REPORT)
    to.drafted_report, to.report_by = new.summary, uow.actor.id
    uow.announce(ReportWritten(consultation_id=to.id, site_code=to.site_code))
    return to


async def publish_report(uow: UnitOfWork, consultation_id: UUID, *, version: int) -> Consultation:
    """Publish the report with every answer; this alone closes a consultation."""
    to = await queries.consultation(uow.session, uow.actor, consultation_id, locked=True)
    uow.actor.require(Permission.REVIEW, to.sponsoring, site_code=to.site_code)
    expect(version, to.version)
    state = advance(to.state, Act.PUBLISH)
    if to.drafted_report is None or to.report_due_on is None:
        raise OutOfSequence(state=to.state)
    another(to.report_by, uow.actor.id)
    check_settled(*await queries.unsettled(uow.session, to.id))
    to.state = state
    to.reported_by, to.reported_at = uow.actor.id, uow.now
    clock = await uow.session.get_one(ConsultationClock, to.id)
    clock.due_at = None
    late = business_date(uow.now) > to.report_due_on
    await _tell_closed(uow, to, to.drafted_report, late=late)
    return to


def _check_answers(uow: UnitOfWork, to: Consultation) -> None:
    uow.actor.require(Permission.EDIT, to.sponsoring, site_code=to.site_code)
    to.state = advance(to.state, Act.ANSWER)


async def _tell_answered(uow: UnitOfWork, given: ConsultationAnswer) -> None:
    await uow.session.flush()
    await uow.session.refresh(given, ["opinions"])
    uow.announce(
        OpinionsAnswered(
            consultation_id=given.consultation_id,
            answer_id=given.id,
            decision=given.decision,
            opinions=given.opinions,
        )
    )


async def _tell_closed(uow: UnitOfWork, to: Consultation, report: str, *, late: bool) -> None:
    counts = await queries.decided(uow.session, to.id)
    given = await queries.answers_given(uow.session, to.id)
    uow.announce(
        ConsultationClosed(
            consultation_id=to.id,
            site_code=to.site_code,
            opinions=sum(counts.values()),
            adopted=counts.get(AdoptionDecision.ADOPTED, 0),
            partly=counts.get(AdoptionDecision.PARTLY, 0),
            not_adopted=counts.get(AdoptionDecision.NOT_ADOPTED, 0),
            late=late,
        )
    )
    uow.announce(
        ParticipationTold(
            subject_id=to.id,
            kind=ParticipationKind.CONSULTATION,
            moment=ParticipationMoment.RESULT,
            site_code=to.site_code,
            title=RESULT.format(title=to.title),
            paragraphs=bounded(result(report, counts, given), REST),
            source=to.organization_name,
            source_url=to.page_url,
            author=to.report_by,
        )
    )
