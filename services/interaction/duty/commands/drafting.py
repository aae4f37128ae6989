"""Rosters: drafted by rule, put right by hand, published by who keeps the desk."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from services.interaction.duty.commands import holding, watching
from services.interaction.duty.fairness import Held, share_out
from services.interaction.duty.hours import expected_by, figures, working_days
from services.interaction.duty.models import Desk, Duty, Roster, RosterDay
from services.interaction.duty.queries import reaching, registers, rosters
from services.interaction.duty.rostering import (
    DraftOpen,
    DraftOutdated,
    NobodyServes,
    NotADraft,
    open_days,
    outdated,
    period_faults,
)
from services.interaction.group import queries as group
from shared.auth import OutsideAuthority
from shared.business_day import business_date
from shared.contracts.duty import DutyChangeKind
from shared.contracts.rostering import (
    RosterDiscarded,
    RosterDrafted,
    RosterPeriod,
    RosterPublished,
    RosterState,
)
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect
from shared.workdays import ONE_DAY, Calendar


async def draft(uow: UnitOfWork, code: str, period: RosterPeriod) -> Roster:
    """Share out the working days of some time that are on no published roster yet."""
    desk = await reaching.lock_kept(uow.session, uow.actor, Desk.code == code)
    today = business_date(uow.now)
    if faults := list(period_faults(period.since, period.until, today)):
        raise Invalid(faults)
    await _refuse_second_draft(uow, desk)
    calendar = await group.calendar(uow.session)
    taken = await rosters.taken(uow.session, desk.id, period.since, period.until)
    days = open_days(period.since, period.until, calendar, taken)
    if not days:
        raise Invalid([Fault("/since", "nothing_open", "该时段没有尚未排班的工作日。")])
    candidates = await registers.candidates(uow.session, desk.id)
    if all(candidate.left_on for candidate in candidates.values()):
        raise NobodyServes
    back = today - ONE_DAY * figures().drafting.history_days
    history = await rosters.history(uow.session, desk.id, back)
    roster = Roster(
        desk=desk,
        since=period.since,
        until=period.until,
        days=[
            RosterDay(on=on, member_id=by, provisional=calendar.is_provisional(on.year))
            for on, by in share_out(candidates.values(), history, days)
        ],
        calendar_version=calendar.version,
        drafted_by=uow.actor.id,
        drafted_at=uow.now,
    )
    uow.session.add(roster)
    return await _told(uow, roster)


async def give_day(
    uow: UnitOfWork, roster_id: UUID, on: date, member_id: UUID | None, *, version: int
) -> Roster:
    """Let a draft give one of its days to somebody else, or to nobody."""
    roster = await _draft(uow, roster_id, version)
    day = next((day for day in roster.days if day.on == on), None)
    if day is None:
        raise NotFound("草案中没有这一天。")
    candidates = await registers.candidates(uow.session, roster.desk_id)
    if member_id and not (member_id in candidates and candidates[member_id].can_take(on)):
        raise Invalid([Fault("/member_id", "cannot_take", "此人当日不能值班。")])
    day.member_id = member_id
    roster.drafted_by, roster.drafted_at = uow.actor.id, uow.now
    flag_modified(roster, "drafted_at")  # a day changes the roster, and its version
    return await _told(uow, roster)


async def publish(uow: UnitOfWork, roster_id: UUID, *, version: int) -> Roster:
    """Let a draft hold: from now on its members have its days, and are looked for on them."""
    roster = await _draft(uow, roster_id, version)
    calendar = await group.calendar(uow.session)
    await _refuse_outdated(uow, roster, calendar)
    entered = await _enter_days(uow, roster, calendar)
    roster.state, roster.calendar_version = RosterState.PUBLISHED, calendar.version
    roster.published_by, roster.published_at = uow.actor.id, uow.now
    watching.watch(roster.desk, roster.since, uow.now, calendar)
    for duty in entered:
        watching.look_for(roster.desk, duty)
    uow.announce(
        RosterPublished(
            roster_id=roster.id,
            organization=roster.organization,
            since=roster.since,
            until=roster.until,
            gaps=tuple(roster.gaps),
            provisional=roster.provisional,
            calendar_version=calendar.version,
        )
    )
    return roster


async def discard(uow: UnitOfWork, roster_id: UUID, *, version: int) -> Roster:
    """Give a draft up."""
    roster = await _draft(uow, roster_id, version)
    roster.state = RosterState.DISCARDED
    uow.announce(RosterDiscarded(roster_id=roster.id, organization=roster.organization))
    return roster


async def _draft(uow: UnitOfWork, roster_id: UUID, version: int) -> Roster:
    which = reaching.desk_of(Roster.desk_id, Roster.id == roster_id)
    found = await reaching.lock(uow.session, uow.actor, which)
    roster = await rosters.whole(uow.session, roster_id)
    if not found.keeps:
        if roster.state is RosterState.PUBLISHED:
            raise OutsideAuthority
        raise NotFound("没有这份排班。")
    expect(version, roster.version)
    if roster.state is not RosterState.DRAFT:
        raise NotADraft(state=roster.state)
    return roster


async def _refuse_second_draft(uow: UnitOfWork, desk: Desk) -> None:
    question = select(Roster.id).where(
        Roster.desk_id == desk.id, Roster.state == RosterState.DRAFT
    )
    if (open_draft := await uow.session.scalar(question)) is not None:
        raise DraftOpen(roster_id=str(open_draft))


async def _refuse_outdated(uow: UnitOfWork, roster: Roster, calendar: Calendar) -> None:
    today = business_date(uow.now)
    since = max(roster.since, today)
    faults = outdated(
        [Held(day.on, day.member_id) for day in roster.days],
        await registers.candidates(uow.session, roster.desk_id),
        await rosters.taken(uow.session, roster.desk_id, roster.since, roster.until),
        set(working_days(since, roster.until, calendar)),
        today,
    )
    if found := [fault._asdict() for fault in faults]:
        raise DraftOutdated(faults=found)


async def _enter_days(uow: UnitOfWork, roster: Roster, calendar: Calendar) -> list[Duty]:
    """Make a roster's days days of duty."""
    for day in roster.days:
        day.provisional = calendar.is_provisional(day.on.year)
    entered = [
        Duty(
            desk=roster.desk,
            on=day.on,
            member=day.member,
            provisional=day.provisional,
            sign_on_by=expected_by(day.on, uow.now),
        )
        for day in roster.days
    ]
    uow.session.add_all(entered)
    await uow.session.flush()
    for duty in entered:
        holding.note(uow, duty, DutyChangeKind.PUBLISHED, None)
    return entered


async def _told(uow: UnitOfWork, roster: Roster) -> Roster:
    await uow.session.flush()
    roster = await rosters.whole(uow.session, roster.id)
    uow.announce(
        RosterDrafted(
            roster_id=roster.id,
            organization=roster.organization,
            since=roster.since,
            until=roster.until,
            gaps=tuple(roster.gaps),
        )
    )
    return roster
