"""Looking whether somebody signed on, once for each working day of a desk."""

from datetime import date, datetime
from uuid import UUID

from services.interaction.duty.commands import holding
from services.interaction.duty.hours import look_after, next_look, sign_on_by
from services.interaction.duty.models import Desk, Duty
from services.interaction.duty.queries import presence, registers
from services.interaction.group import queries as group
from shared.business_day import business_date
from shared.contracts.duty import DutyMissing
from shared.uow import UnitOfWork
from shared.workdays import Calendar


def watch(desk: Desk, since: date, now: datetime, calendar: Calendar) -> None:
    """Look at a desk on every working day from this one on, or from earlier if that is so."""
    desk.kept_since = since if desk.kept_since is None else min(since, desk.kept_since)
    first = next_look(since, now, calendar)
    if desk.looks_on is None or first < desk.looks_on:
        _look(desk, first)


def watch_anew(desk: Desk, now: datetime, calendar: Calendar) -> None:
    """Look at a desk on the days that are working days by now."""
    today = business_date(now)
    if desk.kept_since is not None and desk.looks_on is not None and desk.looks_on > today:
        _look(desk, next_look(max(desk.kept_since, today), now, calendar))


def look_for(desk: Desk, duty: Duty) -> None:
    """Look at a desk once more for whoever was told of today's duty too late to come in time."""
    if duty.sign_on_by > sign_on_by(duty.on):
        desk.looks_on, desk.due_at = duty.on, duty.sign_on_by


async def look_at(uow: UnitOfWork, desk_id: UUID) -> None:
    """Say that duty is missing unless somebody signed on in time, and look again the next day.

    A desk that nobody is enrolled at any more is looked at no more.
    """
    desk = await uow.session.get_one(Desk, desk_id, with_for_update=True)
    if desk.looks_on is None or desk.due_at is None or desk.due_at > uow.now:
        return
    calendar, on = await group.calendar(uow.session), desk.looks_on
    if not await registers.is_manned(uow.session, desk.id):
        desk.kept_since = desk.looks_on = desk.due_at = None
        return
    _look(desk, look_after(on, calendar))
    duty = next(iter(await holding.days(uow, Duty.desk_id == desk.id, Duty.on == on)), None)
    if calendar.is_workday(on) and _nobody_came(duty):
        leaders = await presence.leaders(uow.session, desk.organization, uow.now)
        uow.announce(
            DutyMissing(
                organization=desk.organization,
                on=on,
                duty_id=duty and duty.id,
                person_id=duty and duty.person_id,
                leaders=tuple(leader.person_id for leader in leaders),
            )
        )


def _look(desk: Desk, on: date) -> None:
    desk.looks_on, desk.due_at, desk.leased_until = on, sign_on_by(on), None


def _nobody_came(duty: Duty | None) -> bool:
    return duty is None or duty.signed_on_at is None or bool(duty.late)
