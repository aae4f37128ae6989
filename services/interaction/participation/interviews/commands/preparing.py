"""Preparing an interview, and announcing it by another person's hand."""

from uuid import UUID

from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.conduct import Act, advance, another
from services.interaction.participation.interviews.models import Interview
from services.interaction.participation.interviews.telling import (
    ANNOUNCED,
    Held,
    announcement,
)
from shared.auth import Permission
from shared.contracts.interviewing import Guest, InterviewText, NewInterview
from shared.contracts.interviews import (
    InterviewAnnounced,
    InterviewPrepared,
    InterviewState,
)
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect

TEXT = set(InterviewText.model_fields) - {"organization", "guests"}


async def prepare(uow: UnitOfWork, new: NewInterview) -> Interview:
    """Prepare an interview; nobody outside knows of it yet."""
    site = await group.site(uow.session, new.site_code)
    if site is None:
        raise Invalid([Fault("/site_code", "unknown", "没有这个网站。")])
    uow.actor.require(Permission.EDIT, site.sponsoring, site_code=site.code)
    interview = Interview(
        id=new_id(),
        site_code=site.code,
        sponsoring=site.sponsoring,
        state=InterviewState.PREPARED,
    )
    await _write(uow, interview, new)
    uow.session.add(interview)
    return interview


async def change(
    uow: UnitOfWork, interview_id: UUID, text: InterviewText, *, version: int
) -> Interview:
    """Prepare it otherwise; whoever does has written it from then on."""
    interview = await queries.interview(uow.session, uow.actor, interview_id, locked=True)
    expect(version, interview.version)
    uow.actor.require(Permission.EDIT, interview.sponsoring, site_code=interview.site_code)
    interview.state = advance(interview.state, Act.CHANGE)
    await _write(uow, interview, text)
    return interview


async def announce(uow: UnitOfWork, interview_id: UUID, *, version: int) -> Interview:
    """Let the public know and ask; from then on its text stays as it is."""
    interview = await queries.interview(uow.session, uow.actor, interview_id, locked=True)
    expect(version, interview.version)
    uow.actor.require(Permission.REVIEW, interview.sponsoring, site_code=interview.site_code)
    state = advance(interview.state, Act.ANNOUNCE)
    another([interview.prepared_by], uow.actor.id)
    if interview.starts_at <= uow.now:
        raise Invalid([Fault("/starts_at", "past", "开始时间已过，请重新拟定访谈时间。")])
    interview.state = state
    interview.announced_by, interview.announced_at = uow.actor.id, uow.now
    uow.announce(
        InterviewAnnounced(
            interview_id=interview.id,
            site_code=interview.site_code,
            starts_at=interview.starts_at,
        )
    )
    uow.announce(
        ParticipationTold(
            subject_id=interview.id,
            kind=ParticipationKind.INTERVIEW,
            moment=ParticipationMoment.ANNOUNCED,
            site_code=interview.site_code,
            title=ANNOUNCED.format(title=interview.title),
            paragraphs=list(announcement(told(interview))),
            source=interview.organization_name,
            source_url=interview.page_url,
            author=interview.prepared_by,
        )
    )
    return interview


def told(interview: Interview) -> Held:
    """Return as much of an interview as content is told."""
    return Held(
        interview.introduction,
        interview.organization_name,
        [Guest.model_validate(guest) for guest in interview.guests],
        interview.starts_at,
    )


async def _write(uow: UnitOfWork, interview: Interview, text: InterviewText) -> None:
    unit = await group.organization(uow.session, text.organization)
    line = await group.governing(uow.session, interview.sponsoring)
    if unit is None or not in_line(unit.path, interview.sponsoring, line):
        raise Invalid([Fault("/organization", "unknown", "此网站不能为该单位举办访谈。")])
    for name, value in text.model_dump(include=TEXT).items():
        setattr(interview, name, value)
    interview.guests = [guest.model_dump() for guest in text.guests]
    interview.organization, interview.organization_name = unit.path, unit.name
    interview.prepared_by = uow.actor.id
    uow.announce(InterviewPrepared(interview_id=interview.id, site_code=interview.site_code))
