"""Preparing a consultation, and opening it by another person's hand."""

from uuid import UUID

from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.conduct import (
    Act,
    advance,
    another,
    faults,
)
from services.interaction.participation.consultations.models import (
    Consultation,
    ConsultationClock,
)
from services.interaction.participation.consultations.telling import ANNOUNCED, announcement
from services.interaction.participation.consultations.terms import terms
from shared.auth import Permission
from shared.business_day import business_date, end_of
from shared.contracts.consultations import (
    ConsultationOpened,
    ConsultationPrepared,
    ConsultationState,
)
from shared.contracts.consulting import ConsultationText, NewConsultation
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect

TEXT = set(ConsultationText.model_fields) - {"organization"}


async def prepare(uow: UnitOfWork, new: NewConsultation) -> Consultation:
    """Prepare a draft to be put before the public; nobody outside knows of it yet."""
    site = await group.site(uow.session, new.site_code)
    if site is None:
        raise Invalid([Fault("/site_code", "unknown", "没有这个网站。")])
    uow.actor.require(Permission.EDIT, site.sponsoring, site_code=site.code)
    path, name = await _checked(uow, new, site.sponsoring)
    consultation = Consultation(
        id=new_id(),
        site_code=site.code,
        sponsoring=site.sponsoring,
        organization=path,
        organization_name=name,
        state=ConsultationState.PREPARED,
        prepared_by=uow.actor.id,
        **new.model_dump(include=TEXT),
    )
    uow.session.add(consultation)
    _tell_prepared(uow, consultation)
    return consultation


async def change(
    uow: UnitOfWork, consultation_id: UUID, text: ConsultationText, *, version: int
) -> Consultation:
    """Prepare it otherwise; whoever does has written it from then on."""
    consultation = await _locked(uow, consultation_id, version)
    uow.actor.require(Permission.EDIT, consultation.sponsoring, site_code=consultation.site_code)
    consultation.state = advance(consultation.state, Act.CHANGE)
    path, called = await _checked(uow, text, consultation.sponsoring)
    for name, value in text.model_dump(include=TEXT).items():
        setattr(consultation, name, value)
    consultation.organization, consultation.organization_name = path, called
    consultation.prepared_by = uow.actor.id
    _tell_prepared(uow, consultation)
    return consultation


async def open_(uow: UnitOfWork, consultation_id: UUID, *, version: int) -> Consultation:
    """Put the draft before the public; from then on its text stays as it is."""
    consultation = await _locked(uow, consultation_id, version)
    uow.actor.require(Permission.REVIEW, consultation.sponsoring, site_code=consultation.site_code)
    state = advance(consultation.state, Act.OPEN)
    another(consultation.prepared_by, uow.actor.id)
    if consultation.opens_on < business_date(uow.now):
        raise Invalid([Fault("/opens_on", "past", "开始日期已过，请重新拟定起止日期。")])
    consultation.state = state
    consultation.opened_by, consultation.opened_at = uow.actor.id, uow.now
    clock = ConsultationClock(id=consultation.id, due_at=end_of(consultation.closes_on))
    uow.session.add(clock)
    uow.announce(
        ConsultationOpened(
            consultation_id=consultation.id,
            site_code=consultation.site_code,
            kind=consultation.kind,
            opens_on=consultation.opens_on,
            closes_on=consultation.closes_on,
            shortened=consultation.shortened_because is not None,
        )
    )
    uow.announce(
        ParticipationTold(
            subject_id=consultation.id,
            kind=ParticipationKind.CONSULTATION,
            moment=ParticipationMoment.ANNOUNCED,
            site_code=consultation.site_code,
            title=ANNOUNCED.format(title=consultation.title),
            paragraphs=list(announcement(consultation)),
            source=consultation.organization_name,
            source_url=consultation.page_url,
            author=consultation.prepared_by,
        )
    )
    return consultation


async def _checked(uow: UnitOfWork, text: ConsultationText, sponsoring: str) -> tuple[str, str]:
    """Return path and name of the unit that asks, or refuse with everything that is wrong."""
    unit = await group.organization(uow.session, text.organization)
    line = await group.governing(uow.session, sponsoring)
    found = list(faults(text, terms().shortest[text.kind].days))
    if unit is None or not in_line(unit.path, sponsoring, line):
        found.append(Fault("/organization", "unknown", "此网站不能以该单位名义征集意见。"))
    if unit is None or found:
        raise Invalid(found)
    return unit.path, unit.name


async def _locked(uow: UnitOfWork, consultation_id: UUID, version: int) -> Consultation:
    found = await queries.consultation(uow.session, uow.actor, consultation_id, locked=True)
    expect(version, found.version)
    return found


def _tell_prepared(uow: UnitOfWork, consultation: Consultation) -> None:
    uow.announce(
        ConsultationPrepared(
            consultation_id=consultation.id,
            site_code=consultation.site_code,
            kind=consultation.kind,
        )
    )
