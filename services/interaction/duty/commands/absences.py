"""The days on which members are away."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.interaction.duty.commands import holding
from services.interaction.duty.models import Absence, Duty, Member
from services.interaction.duty.queries import reaching
from services.interaction.duty.rostering import absence_faults
from shared.auth import OutsideAuthority
from shared.business_day import business_date
from shared.contracts.duty import VacatedBecause
from shared.contracts.rostering import AbsentDays, DutyAbsenceRecorded, DutyAbsenceWithdrawn
from shared.problem import Conflict, Invalid
from shared.uow import UnitOfWork, expect


class OnDutyThen(Conflict):
    """The member has days of duty then: they are swapped or covered first, or a leader decides."""

    advice = "请假期间已有排班，请先调班、替班，或由带班负责人登记。"


class AlreadyWithdrawn(Conflict):
    """The absence was withdrawn before."""

    advice = "该请假已撤回。"


async def record_absence(uow: UnitOfWork, member_id: UUID, days: AbsentDays) -> Absence:
    """Note that a member will be away; days they have by then fall vacant on a leader's word."""
    which = reaching.desk_of(Member.desk_id, Member.id == member_id)
    found = await reaching.lock(uow.session, uow.actor, which)
    if not found.keeps and found.member_id != member_id:
        raise OutsideAuthority
    member = await holding.member(uow, found.desk.id, member_id)
    if faults := list(absence_faults(days.since, days.until, business_date(uow.now))):
        raise Invalid(faults)
    if not found.keeps:
        await _refuse_if_on_duty(uow, member_id, days)
    absence = Absence(member=member, recorded_by=uow.actor.id, **days.model_dump())
    uow.session.add(absence)
    await uow.session.flush()
    uow.announce(
        DutyAbsenceRecorded(
            absence_id=absence.id,
            member_id=member_id,
            organization=found.desk.organization,
            since=days.since,
            until=days.until,
        )
    )
    await holding.vacate(
        uow,
        found.desk.id,
        member_id,
        VacatedBecause.ABSENT,
        since=days.since,
        until=days.until,
    )
    return absence


async def withdraw_absence(uow: UnitOfWork, absence_id: UUID, *, version: int) -> Absence:
    """Note that a member is there after all; days that fell vacant stay with whoever took them."""
    which = reaching.desk_of(
        Member.desk_id,
        Member.id == select(Absence.member_id).where(Absence.id == absence_id).scalar_subquery(),
    )
    found = await reaching.lock(uow.session, uow.actor, which)
    loaded = joinedload(Absence.member, innerjoin=True).joinedload(Member.desk, innerjoin=True)
    absence = await uow.session.get_one(Absence, absence_id, options=[loaded])
    if not found.keeps and found.member_id != absence.member_id:
        raise OutsideAuthority
    expect(version, absence.version)
    if absence.withdrawn_at is not None:
        raise AlreadyWithdrawn
    absence.withdrawn_at = uow.now
    uow.announce(
        DutyAbsenceWithdrawn(
            absence_id=absence.id,
            member_id=absence.member_id,
            organization=found.desk.organization,
        )
    )
    return absence


async def _refuse_if_on_duty(uow: UnitOfWork, member_id: UUID, days: AbsentDays) -> None:
    since = max(days.since, business_date(uow.now))
    held = select(Duty.on).where(
        Duty.member_id == member_id, Duty.on.between(since, days.until), ~Duty.struck
    )
    if days_held := (await uow.session.scalars(held.order_by(Duty.on))).all():
        raise OnDutyThen(days=[day.isoformat() for day in days_held])
