"""Who has a day: given to somebody else, vacated, struck; each leaves a trace and overtakes swaps.

Whoever calls holds the desk.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from services.interaction.duty.hours import expected_by
from services.interaction.duty.models import Change, Duty, Member, Swap
from shared.business_day import business_date
from shared.contracts.duty import (
    DutyChangeKind,
    DutyReassigned,
    DutyStruck,
    DutySwapSettled,
    DutyVacated,
    SwapState,
    VacatedBecause,
)
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


async def days(uow: UnitOfWork, *which: ColumnElement[bool]) -> Sequence[Duty]:
    """Return days of duty in their order, with their desk and whoever has them."""
    question = (
        select(Duty)
        .options(joinedload(Duty.desk, innerjoin=True), joinedload(Duty.member))
        .where(*which)
        .order_by(Duty.on)
    )
    return (await uow.session.scalars(question)).all()


async def day(uow: UnitOfWork, duty_id: UUID, *, version: int) -> Duty:
    """Return one day of duty as it was read."""
    (found,) = await days(uow, Duty.id == duty_id)
    expect(version, found.version)
    return found


async def member(uow: UnitOfWork, desk_id: UUID, member_id: UUID) -> Member:
    """Return someone who is on a desk's register now, or refuse."""
    question = (
        select(Member)
        .options(joinedload(Member.desk, innerjoin=True))
        .where(Member.id == member_id, Member.desk_id == desk_id, Member.left_on.is_(None))
    )
    found = await uow.session.scalar(question)
    if found is None:
        raise NotFound("值班名册中没有此人。")
    return found


def note(
    uow: UnitOfWork,
    duty: Duty,
    kind: DutyChangeKind,
    before: UUID | None,
    reason: str | None = None,
) -> None:
    """Keep what happened to a day, whoever has it after that."""
    uow.session.add(
        Change(
            duty_id=duty.id,
            at=uow.now,
            kind=kind,
            before_id=before,
            after_id=duty.member_id,
            by=uow.actor.id,
            reason=reason,
        )
    )


def give(
    uow: UnitOfWork, duty: Duty, to: Member, kind: DutyChangeKind, reason: str | None = None
) -> None:
    """Let somebody else have a day; that they sign on is up to them."""
    before, person = duty.member_id, duty.person_id
    duty.member, duty.member_id = to, to.id
    duty.sign_on_by = expected_by(duty.on, uow.now)
    duty.signed_on_at = duty.late = None
    note(uow, duty, kind, before, reason)
    uow.announce(
        DutyReassigned(
            duty_id=duty.id,
            organization=duty.organization,
            on=duty.on,
            before=person,
            after=to.person_id,
            by=kind,
        )
    )


async def vacate(
    uow: UnitOfWork,
    desk_id: UUID,
    member_id: UUID,
    because: VacatedBecause,
    *,
    until: date = date.max,
    since: date = date.min,
) -> None:
    """Let a member have no day any more between two, of those that have not begun."""
    first = max(since, business_date(uow.now))
    held = await days(
        uow,
        Duty.desk_id == desk_id,
        Duty.member_id == member_id,
        Duty.on.between(first, until),
        Duty.signed_on_at.is_(None),
        ~Duty.struck,
    )
    for duty in held:
        person = duty.person_id
        duty.member = duty.member_id = None
        note(uow, duty, DutyChangeKind.VACATED, member_id)
        tell_vacant(uow, duty, person, because)
    await overtake(uow, about(held))


def tell_vacant(uow: UnitOfWork, duty: Duty, before: UUID | None, because: VacatedBecause) -> None:
    """Announce that nobody has a day that is on the roster."""
    uow.announce(
        DutyVacated(
            duty_id=duty.id,
            organization=duty.organization,
            on=duty.on,
            before=before,
            because=because,
        )
    )


def strike(uow: UnitOfWork, duty: Duty) -> None:
    """Take a day off the roster on which offices do not work after all."""
    before, person = duty.member_id, duty.person_id
    duty.struck, duty.member, duty.member_id = True, None, None
    note(uow, duty, DutyChangeKind.STRUCK, before)
    uow.announce(
        DutyStruck(duty_id=duty.id, organization=duty.organization, on=duty.on, before=person)
    )


async def overtake(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Settle swaps that still ask, although what they ask for can no longer be."""
    question = (
        select(Swap)
        .options(joinedload(Swap.duty, innerjoin=True).joinedload(Duty.desk, innerjoin=True))
        .where(Swap.state == SwapState.ASKED, which)
    )
    for swap in await uow.session.scalars(question):
        settle(uow, swap, SwapState.OVERTAKEN)


def about(duties: Sequence[Duty]) -> ColumnElement[bool]:
    """Select the swaps by which one of these days would change hands."""
    ids = [duty.id for duty in duties]
    return or_(Swap.duty_id.in_(ids), Swap.return_duty_id.in_(ids))


def settle(uow: UnitOfWork, swap: Swap, state: SwapState) -> None:
    """Say what became of a swap."""
    swap.state, swap.settled_at = state, uow.now
    uow.announce(
        DutySwapSettled(swap_id=swap.id, organization=swap.duty.organization, state=state)
    )
