"""Days that change hands: swaps between members, and cover at short notice."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.interaction.duty.attendance import NotYours, check_still_open
from services.interaction.duty.commands import holding, watching
from services.interaction.duty.models import Duty, Swap
from services.interaction.duty.queries import reaching, registers
from services.interaction.duty.swapping import (
    Day,
    NotYourSwap,
    SwapAlreadyAsked,
    check_asked,
    check_swappable,
    faults,
)
from shared.auth import OutsideAuthority
from shared.business_day import business_date
from shared.contracts.duty import DutyChangeKind, DutySwapAsked, SwapState
from shared.contracts.rostering import Cover, SwapWish
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


async def cover(uow: UnitOfWork, duty_id: UUID, by: Cover, *, version: int) -> Duty:
    """Let somebody take a day over at once: on the keeper's word, or a vacant one on their own."""
    found = await _standing(uow, duty_id)
    duty = await holding.day(uow, duty_id, version=version)
    own_word = duty.member_id is None and by.member_id == found.member_id
    if not (found.keeps or own_word):
        raise OutsideAuthority
    check_still_open(duty.state, duty.on, business_date(uow.now))
    candidates = await registers.candidates(uow.session, found.desk.id)
    candidate = candidates.get(by.member_id)
    if candidate is None or by.member_id == duty.member_id or not candidate.can_take(duty.on):
        raise Invalid([Fault("/member_id", "cannot_take", "此人当日不能接替值班。")])
    to = await holding.member(uow, found.desk.id, by.member_id)
    reason = mask(by.reason) if by.reason else None
    holding.give(uow, duty, to, DutyChangeKind.COVERED, reason)
    await holding.overtake(uow, holding.about([duty]))
    watching.look_for(found.desk, duty)
    return duty


async def ask(uow: UnitOfWork, duty_id: UUID, wish: SwapWish, *, version: int) -> Swap:
    """Ask another member to take one's day, in return for one of theirs or for none."""
    found = await _standing(uow, duty_id)
    duty = await holding.day(uow, duty_id, version=version)
    if duty.member_id is None or duty.member_id != found.member_id:
        raise NotYours
    check_swappable(_day(duty), business_date(uow.now))
    in_return = await _return_day(uow, duty, wish.return_duty_id)
    asked = await holding.member(uow, found.desk.id, wish.member_id)
    swap = Swap(
        desk_id=found.desk.id,
        duty=duty,
        return_duty=in_return,
        asker_id=duty.member_id,
        asker=duty.member,
        asked_id=asked.id,
        asked=asked,
        asked_at=uow.now,
    )
    await _refuse_unfit(uow, swap)
    await _refuse_second(uow, swap)
    uow.session.add(swap)
    await uow.session.flush()
    uow.announce(
        DutySwapAsked(
            swap_id=swap.id,
            organization=duty.organization,
            duty_id=duty.id,
            return_duty_id=wish.return_duty_id,
            asked_by=swap.asker.person_id,
            asked_of=asked.person_id,
        )
    )
    return swap


async def accept(uow: UnitOfWork, swap_id: UUID, *, version: int) -> Swap:
    """Take the day one was asked to take; both days change hands at once."""
    swap = await _settled_by(uow, swap_id, Swap.asked_id, version)
    check_swappable(_day(swap.duty), business_date(uow.now))
    await _refuse_unfit(uow, swap)
    kind = DutyChangeKind.COVERED if swap.return_duty is None else DutyChangeKind.SWAPPED
    holding.give(uow, swap.duty, swap.asked, kind)
    if swap.return_duty is not None:
        holding.give(uow, swap.return_duty, swap.asker, kind)
    holding.settle(uow, swap, SwapState.ACCEPTED)
    changed = [duty for duty in (swap.duty, swap.return_duty) if duty is not None]
    await holding.overtake(uow, holding.about(changed))
    for duty in changed:
        watching.look_for(duty.desk, duty)
    return swap


async def refuse(uow: UnitOfWork, swap_id: UUID, *, version: int) -> Swap:
    """Decline to take the day one was asked to take."""
    swap = await _settled_by(uow, swap_id, Swap.asked_id, version)
    holding.settle(uow, swap, SwapState.REFUSED)
    return swap


async def withdraw(uow: UnitOfWork, swap_id: UUID, *, version: int) -> Swap:
    """Ask no longer."""
    swap = await _settled_by(uow, swap_id, Swap.asker_id, version)
    holding.settle(uow, swap, SwapState.WITHDRAWN)
    return swap


async def _standing(uow: UnitOfWork, duty_id: UUID) -> reaching.Standing:
    which = reaching.desk_of(Duty.desk_id, Duty.id == duty_id)
    return await reaching.lock(uow.session, uow.actor, which)


def _day(duty: Duty) -> Day:
    return Day(duty.on, duty.member_id, duty.state)


async def _return_day(uow: UnitOfWork, duty: Duty, return_id: UUID | None) -> Duty | None:
    if return_id is None:
        return None
    found = await holding.days(uow, Duty.id == return_id, Duty.desk_id == duty.desk_id)
    if not found:
        raise Invalid([Fault("/return_duty_id", "unknown", "没有这个值班日。")])
    return found[0]


async def _refuse_unfit(uow: UnitOfWork, swap: Swap) -> None:
    """Refuse a swap after which somebody would have a day they cannot take."""
    candidates = await registers.candidates(uow.session, swap.desk_id)
    asker, asked = (candidates.get(id_) for id_ in (swap.asker_id, swap.asked_id))
    if asker is None or asked is None:
        raise Invalid([Fault("/member_id", "cannot_take", "对方不参加值班。")])
    in_return = None if swap.return_duty is None else _day(swap.return_duty)
    today = business_date(uow.now)
    if found := list(faults(asker, asked, _day(swap.duty), in_return, today)):
        raise Invalid(found)


async def _refuse_second(uow: UnitOfWork, swap: Swap) -> None:
    question = select(Swap.id).where(
        Swap.duty_id == swap.duty.id,
        Swap.asked_id == swap.asked_id,
        Swap.state == SwapState.ASKED,
    )
    if await uow.session.scalar(question) is not None:
        raise SwapAlreadyAsked


async def _settled_by(uow: UnitOfWork, swap_id: UUID, side: Any, version: int) -> Swap:
    """Return an open swap to the side that may settle it; to a third one there is none."""
    which = reaching.desk_of(Swap.desk_id, Swap.id == swap_id)
    found = await reaching.lock(uow.session, uow.actor, which)
    day = (joinedload(Duty.desk, innerjoin=True), joinedload(Duty.member))
    options = (
        joinedload(Swap.duty, innerjoin=True).options(*day),
        joinedload(Swap.return_duty).options(*day),
        joinedload(Swap.asker, innerjoin=True),
        joinedload(Swap.asked, innerjoin=True),
    )
    swap = await uow.session.get_one(Swap, swap_id, options=options)
    if not (found.keeps or found.member_id in {swap.asker_id, swap.asked_id}):
        raise NotFound("没有这项调班申请。")
    if found.member_id != getattr(swap, side.key):
        raise NotYourSwap
    expect(version, swap.version)
    check_asked(swap.state)
    return swap
