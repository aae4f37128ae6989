"""Who is on duty at a moment, and whom to tell when nobody is.

The mailbox asks both for its alarms.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.duty.hours import is_on_duty
from services.interaction.duty.models import Absence, Desk, Duty, Member
from shared.business_day import business_date
from shared.contracts import duty as contracts


async def on_duty(
    session: AsyncSession, organization: str, now: datetime
) -> contracts.OnDuty | None:
    """Return who is on duty for the organization at this path, if anybody is at this moment."""
    return now_there(await today(session, organization, now), now)


async def leaders(
    session: AsyncSession, organization: str, now: datetime
) -> Sequence[contracts.DutyLeader]:
    """Return whom to tell for the organization at this path when nobody on duty answers.

    Leaders who are away today are left alone, unless all of them are away.
    """
    away = Absence.since <= business_date(now), Absence.until >= business_date(now)
    is_away = (
        select(Absence.id)
        .where(Absence.member_id == Member.id, Absence.withdrawn_at.is_(None), *away)
        .exists()
    )
    question = (
        select(Member, is_away)
        .join(Member.desk)
        .where(Desk.organization == organization, Member.leads, Member.left_on.is_(None))
        .order_by(Member.id)
    )
    rows = (await session.execute(question)).all()
    there = [leader for leader, absent in rows if not absent] or [leader for leader, _ in rows]
    return [contracts.DutyLeader.model_validate(leader, from_attributes=True) for leader in there]


async def today(session: AsyncSession, organization: str, now: datetime) -> Duty | None:
    """Return today's day of duty of the organization at this path, whoever has it."""
    question = (
        select(Duty)
        .join(Duty.desk)
        .where(Desk.organization == organization, Duty.on == business_date(now), ~Duty.struck)
        .options(contains_eager(Duty.desk), joinedload(Duty.member))
    )
    return await session.scalar(question)


def now_there(duty: Duty | None, now: datetime) -> contracts.OnDuty | None:
    """Return who is there now of whoever has the day."""
    if duty is None or duty.member is None:
        return None
    if not is_on_duty(duty.signed_on_at, duty.signed_off_at, now):
        return None
    return contracts.OnDuty(
        duty_id=duty.id,
        person_id=duty.member.person_id,
        name=duty.member.name,
        signed_on_at=duty.signed_on_at,
    )
