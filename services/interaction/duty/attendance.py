"""What a day of duty allows, who may do what at a desk, and the words shown for both."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from shared.contracts.duty import DutyChangeKind, DutyState, SwapState
from shared.contracts.rostering import RosterState
from shared.problem import Conflict, Forbidden

STATES: Mapping[DutyState, str] = {
    DutyState.PLANNED: "待值班",
    DutyState.VACANT: "无人值班",
    DutyState.SIGNED_ON: "值班中",
    DutyState.SIGNED_OFF: "已签退",
    DutyState.STRUCK: "放假取消",
}
CHANGES: Mapping[DutyChangeKind, str] = {
    DutyChangeKind.PUBLISHED: "发布排班",
    DutyChangeKind.VACATED: "值班人空缺",
    DutyChangeKind.COVERED: "替班",
    DutyChangeKind.SWAPPED: "调班",
    DutyChangeKind.STRUCK: "放假取消",
    DutyChangeKind.OPENED: "调休上班新增",
    DutyChangeKind.SIGNED_ON: "签到",
    DutyChangeKind.SIGNED_OFF: "签退",
}
SWAPS: Mapping[SwapState, str] = {
    SwapState.ASKED: "待对方同意",
    SwapState.ACCEPTED: "已同意",
    SwapState.REFUSED: "已谢绝",
    SwapState.WITHDRAWN: "已撤回",
    SwapState.OVERTAKEN: "因排班变动失效",
}
ROSTERS: Mapping[RosterState, str] = {
    RosterState.DRAFT: "草案",
    RosterState.PUBLISHED: "已发布",
    RosterState.DISCARDED: "已作废",
}
PERSON = "person:"


class NotYours(Forbidden):
    """Only whoever has the day may do this."""

    advice = "只有当日值班人本人可以办理。"


class NotToday(Conflict):
    """Signing on is for the day itself."""

    advice = "只能在值班当日签到。"


class WrongMoment(Conflict):
    """The day of duty is not at the point where this can be done."""

    advice = "该值班日当前不能这样操作。"


class DayOver(Conflict):
    """The day is past, or its duty has ended."""

    advice = "该值班日已过或已签退，不能再变更值班人。"


def person_of(actor_id: str) -> UUID | None:
    """Return which person acts; a program or a worker is none."""
    if not actor_id.startswith(PERSON):
        return None
    try:
        return UUID(actor_id.removeprefix(PERSON))
    except ValueError:
        return None


def state_of(
    *,
    struck: bool,
    member_id: UUID | None,
    signed_on_at: datetime | None,
    signed_off_at: datetime | None,
) -> DutyState:
    """Return how far a day of duty is."""
    if struck:
        return DutyState.STRUCK
    if signed_off_at is not None:
        return DutyState.SIGNED_OFF
    if signed_on_at is not None:
        return DutyState.SIGNED_ON
    return DutyState.VACANT if member_id is None else DutyState.PLANNED


def check_may_sign_on(state: DutyState, on: date, today: date) -> None:
    """Refuse to sign on twice, on another day, or on a day off."""
    if state is not DutyState.PLANNED:
        raise WrongMoment(state=state)
    if on != today:
        raise NotToday


def check_signed_on(state: DutyState) -> None:
    """Refuse what only somebody does who has signed on and not yet off."""
    if state is not DutyState.SIGNED_ON:
        raise WrongMoment(state=state)


def check_still_open(state: DutyState, on: date, today: date) -> None:
    """Refuse to give a day to somebody else that is past, over or off."""
    if on < today or state in {DutyState.SIGNED_OFF, DutyState.STRUCK}:
        raise DayOver(state=state)
