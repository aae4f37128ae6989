"""For when a release may be set, and what becomes of one that is set."""

from datetime import datetime

from shared.business_day import lies_ahead
from shared.contracts.scheduling import ScheduleState
from shared.problem import Conflict, Fault, Problem, Unprocessable


class TimeOutOfRange(Unprocessable):
    """A release is set for a time to come, within a year."""

    advice = "定时发布的时间须晚于当前时间，且在一年以内。"


class ScheduleSettled(Conflict):
    """The scheduled release has happened, has failed or was cancelled."""

    advice = "该定时发布已执行、已失败或已取消。"


def check_time(at: datetime, now: datetime) -> None:
    """Refuse a time that has passed or lies more than a year ahead."""
    if not lies_ahead(at, now):
        raise TimeOutOfRange


def check_open(state: ScheduleState) -> None:
    """Refuse to touch a scheduled release that is settled."""
    if state is not ScheduleState.SCHEDULED:
        raise ScheduleSettled(state=state)


def told(refused: Problem) -> list[Fault]:
    """Return what kept a scheduled release back, as faults."""
    faults = refused.members.get("faults")
    if faults is not None:
        return [Fault(**fault) for fault in faults]
    return [Fault("", refused.type.rsplit("/", 1)[-1].replace("-", "_"), refused.detail)]
