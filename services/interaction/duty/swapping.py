"""When one member may ask another to take a day, and when a promise can still be kept."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.interaction.duty.attendance import DayOver
from services.interaction.duty.fairness import Candidate
from shared.contracts.duty import DutyState, SwapState
from shared.problem import Conflict, Fault, Forbidden


class SwapAlreadyAsked(Conflict):
    """The member was asked to take this day and has not answered."""

    advice = "已就此日向对方提出调班，请等待对方答复。"


class NotYourSwap(Forbidden):
    """Who was asked answers, and who asked withdraws; nobody else."""

    advice = "调班申请只能由被请求人答复、由申请人撤回。"


class SwapSettled(Conflict):
    """The swap was settled before."""

    advice = "此调班申请已办结或已失效。"


class Day(NamedTuple):
    """A day that changes hands: who must have it now, and how far it is."""

    on: date
    by: UUID | None
    state: DutyState


def check_asked(state: SwapState) -> None:
    """Refuse to settle a swap twice."""
    if state is not SwapState.ASKED:
        raise SwapSettled(state=state)


def check_swappable(day: Day, today: date) -> None:
    """Refuse to swap a day that is past, or that somebody has begun."""
    if day.on < today or day.state is not DutyState.PLANNED:
        raise DayOver(state=day.state)


def faults(
    asker: Candidate, asked: Candidate, day: Day, in_return: Day | None, today: date
) -> Iterator[Fault]:
    """Yield everything that speaks against a swap, not only the first fault."""
    if asked.id == asker.id:
        yield Fault("/member_id", "oneself", "不能与自己调班。")
        return
    if not asked.can_take(day.on):
        yield Fault("/member_id", "cannot_take", f"对方 {day.on.isoformat()} 不能值班。")
    if in_return is None:
        return
    if in_return.by != asked.id or in_return.state is not DutyState.PLANNED:
        yield Fault("/return_duty_id", "not_theirs", "换回的日期不是对方待值班的日期。")
    elif in_return.on < today:
        yield Fault("/return_duty_id", "past", "换回的日期已过。")
    elif not asker.can_take(in_return.on):
        yield Fault(
            "/return_duty_id", "cannot_take", f"本人 {in_return.on.isoformat()} 不能值班。"
        )
