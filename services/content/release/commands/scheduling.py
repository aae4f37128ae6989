"""Setting a release for a time, and carrying it out once when that has come."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.content.release.bundle import NotReleasable
from services.content.release.commands.opening import findings_of, held_back, open_items
from services.content.release.commands.releasing import release_items
from services.content.release.models import Release, ScheduledItem, ScheduledRelease
from services.content.release.queries import scheduled, standing
from services.content.release.scheduling import check_open, check_time, told
from services.content.staff.queries import posts as staff
from shared.auth import Actor, OutsideAuthority, Permission
from shared.business_day import business_date
from shared.contracts.release import ItemVersion, NewRelease
from shared.contracts.scheduling import (
    ReleaseRescheduled,
    ReleaseScheduled,
    ScheduledReleaseCancelled,
    ScheduledReleaseFailed,
    ScheduledReleaseKept,
    ScheduleState,
)
from shared.ids import new_id
from shared.problem import Fault, Problem
from shared.uow import UnitOfWork, expect

REFUSED = range(400, 500)


async def schedule_release(uow: UnitOfWork, new: NewRelease, at: datetime) -> ScheduledRelease:
    """Set a release for a time; what could not go out now with that date is not set at all."""
    check_time(at, uow.now)
    items = await open_items(uow, new)
    ids = [item.id for item in items]
    found = await findings_of(uow, items)
    wrong = await held_back(uow, items, new, found, business_date(at))
    for item_id in await scheduled.already(uow.session, ids):
        wrong.append(Fault(str(item_id), "already_scheduled", "该稿件已设定定时发布。"))
    if wrong:
        raise NotReleasable(faults=[fault._asdict() for fault in wrong])
    last, _ = await standing.last_change(uow.session)
    release = ScheduledRelease(
        id=new_id(),
        at=at,
        due_at=at,
        size=len(items),
        scheduled_by=uow.actor.id,
        scheduled_at=uow.now,
        organization=uow.actor.organization,
        grants={name: list(paths) for name, paths in uow.actor.grants.items()},
        since_seq=last,
        items=[
            ScheduledItem(**asked.model_dump(), place=place, sponsoring=item.sponsoring)
            for place, (asked, item) in enumerate(zip(new.items, items, strict=True))
        ],
    )
    uow.session.add(release)
    uow.announce(ReleaseScheduled(schedule_id=release.id, at=at, items=tuple(ids)))
    return release


async def reschedule(
    uow: UnitOfWork, schedule_id: UUID, at: datetime, *, version: int
) -> ScheduledRelease:
    """Set a scheduled release for another time."""
    release = await _opened(uow, schedule_id, version)
    check_time(at, uow.now)
    release.at = release.due_at = at
    release.leased_until = None
    uow.announce(ReleaseRescheduled(schedule_id=release.id, at=at))
    return release


async def cancel(uow: UnitOfWork, schedule_id: UUID, *, version: int) -> ScheduledRelease:
    """Call a scheduled release off; its items stay as they are."""
    release = await _opened(uow, schedule_id, version)
    _settle(release, ScheduleState.CANCELLED)
    uow.announce(ScheduledReleaseCancelled(schedule_id=release.id))
    return release


async def carry_out(uow: UnitOfWork, schedule_id: UUID) -> float | None:
    """Release what is due, as whoever set it; return how many seconds late it became public.

    It happens once, however many try: the row is locked, and settled with the release itself.
    """
    due = await scheduled.locked(uow.session, schedule_id)
    if due.state is not ScheduleState.SCHEDULED or due.at > uow.now:
        return None
    try:
        async with uow.session.begin_nested():
            release = await _release(uow, due)
    except Problem as refused:
        if refused.status not in REFUSED:
            raise
        _fail(uow, due, refused)
        return None
    _settle(due, ScheduleState.RELEASED)
    due.release_id, due.released_at = release.id, release.released_at
    due.late_seconds = (release.released_at - due.at).total_seconds()
    uow.announce(
        ScheduledReleaseKept(
            schedule_id=due.id,
            release_id=release.id,
            at=due.at,
            released_at=release.released_at,
            late_seconds=due.late_seconds,
        )
    )
    return due.late_seconds


async def _release(uow: UnitOfWork, due: ScheduledRelease) -> Release:
    acting = replace(uow, actor=await _setter(uow, due))
    items = [
        ItemVersion(
            item_id=item.item_id,
            version=item.version,
            stated_on=item.stated_on,
            stated_reason=item.stated_reason,
        )
        for item in due.items
    ]
    release = await release_items(acting, NewRelease(items=items))
    # Asked last: withdrawals wait for the release from here on.
    ids = [item.item_id for item in due.items]
    if gone := await standing.withdrawn_since(uow.session, ids, due.since_seq):
        found = [
            Fault(str(one), "withdrawn_meanwhile", "设定之后该内容已被撤下。") for one in gone
        ]
        raise NotReleasable(faults=[fault._asdict() for fault in found])
    return release


async def _setter(uow: UnitOfWork, due: ScheduledRelease) -> Actor:
    return await staff.acting(uow.session, due.scheduled_by, due.organization, due.grants, uow.now)


async def _opened(uow: UnitOfWork, schedule_id: UUID, version: int) -> ScheduledRelease:
    release = await scheduled.opened(uow.session, uow.actor, schedule_id)
    outside = [
        item for item in release.items if not uow.actor.may(Permission.RELEASE, item.sponsoring)
    ]
    if outside:
        raise OutsideAuthority(permission=Permission.RELEASE)
    expect(version, release.version)
    check_open(release.state)
    return release


def _settle(release: ScheduledRelease, state: ScheduleState) -> None:
    release.state = state
    release.due_at = release.leased_until = None


def _fail(uow: UnitOfWork, due: ScheduledRelease, refused: Problem) -> None:
    _settle(due, ScheduleState.FAILED)
    faults = told(refused)
    due.faults = [fault._asdict() for fault in faults]
    uow.announce(
        ScheduledReleaseFailed(
            schedule_id=due.id,
            at=due.at,
            scheduled_by=due.scheduled_by,
            codes=tuple(sorted({fault.code for fault in faults})),
        )
    )
