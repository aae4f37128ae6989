"""What the registry tells changes rosters: holidays, and what a desk's organization is called."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from services.interaction.duty.commands import holding, watching
from services.interaction.duty.hours import sign_on_by, working_days
from services.interaction.duty.models import Desk, Duty, Roster
from services.interaction.group import queries as group
from shared.business_day import business_date
from shared.contracts.duty import DutyChangeKind, VacatedBecause
from shared.contracts.registry import OrganizationChanged
from shared.contracts.rostering import RosterState
from shared.uow import UnitOfWork
from shared.workdays import Calendar


async def follow_notice(uow: UnitOfWork, year: int) -> None:
    """Put every roster's days to come right: those off are struck, those worked are gaps."""
    calendar = await group.calendar(uow.session)
    rostered = select(Roster.desk_id).where(
        Roster.state == RosterState.PUBLISHED,
        Roster.since <= date(year, 12, 31),
        Roster.until >= date(year, 1, 1),
    )
    question = select(Desk).where(Desk.id.in_(rostered) | Desk.looks_on.is_not(None))
    for desk in await uow.session.scalars(question.order_by(Desk.id).with_for_update()):
        await _adapt(uow, desk, year, calendar)


async def follow_organization(uow: UnitOfWork, told: OrganizationChanged) -> None:
    """Know a desk by what its organization is called now, and where it stands."""
    known = update(Desk).where(Desk.organization_id == told.id)
    await uow.session.execute(known.values(organization=told.path, code=told.code, name=told.name))


async def _adapt(uow: UnitOfWork, desk: Desk, year: int, calendar: Calendar) -> None:
    first = max(date(year, 1, 1), business_date(uow.now))
    on_roster = {
        duty.on: duty
        for duty in await holding.days(
            uow, Duty.desk_id == desk.id, Duty.on.between(first, date(year, 12, 31))
        )
    }
    struck = [
        duty
        for on, duty in on_roster.items()
        if not (duty.struck or duty.signed_on_at or calendar.is_workday(on))
    ]
    for duty in struck:
        holding.strike(uow, duty)
    await holding.overtake(uow, holding.about(struck))
    for on in sorted(await _rostered(uow, desk.id, first, year, calendar)):
        if on not in on_roster or on_roster[on].struck:
            await _open(uow, desk, on, on_roster.get(on))
    settled = update(Duty).where(
        Duty.desk_id == desk.id, Duty.on.between(date(year, 1, 1), date(year, 12, 31))
    )
    await uow.session.execute(settled.values(provisional=calendar.is_provisional(year)))
    watching.watch_anew(desk, uow.now, calendar)


async def _rostered(
    uow: UnitOfWork, desk_id: UUID, first: date, year: int, calendar: Calendar
) -> set[date]:
    """Return the working days of a year, from one day on, that published rosters cover."""
    last = date(year, 12, 31)
    question = select(Roster.since, Roster.until).where(
        Roster.desk_id == desk_id,
        Roster.state == RosterState.PUBLISHED,
        Roster.until >= first,
        Roster.since <= last,
    )
    return {
        day
        for since, until in (await uow.session.execute(question))
        for day in working_days(max(since, first), min(until, last), calendar)
    }


async def _open(uow: UnitOfWork, desk: Desk, on: date, struck: Duty | None) -> None:
    """Put a day on the roster on which offices work after all; nobody has it yet."""
    duty = struck or Duty(desk=desk, on=on, provisional=False)
    duty.struck, duty.sign_on_by = False, sign_on_by(on)
    uow.session.add(duty)
    await uow.session.flush()
    holding.note(uow, duty, DutyChangeKind.OPENED, None)
    holding.tell_vacant(uow, duty, None, VacatedBecause.WORKED_AFTER_ALL)
