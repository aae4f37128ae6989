"""When a report of an outage makes sense."""

from datetime import datetime

from shared.problem import Conflict, Unprocessable


class OutageOutOfTime(Unprocessable):
    """An outage that is reported has begun, and is expected to end after that."""

    advice = "停机开始时间不得晚于当前时间，预计恢复时间须晚于开始时间。"


class OutageLasts(Conflict):
    """An outage of this site was reported and lasts."""

    advice = "本网站已有未恢复的停机报告。"


class OutageOver(Conflict):
    """The outage is over."""

    advice = "该次停机已恢复。"


def check_report(began_at: datetime, expected_until: datetime, now: datetime) -> None:
    """Refuse an outage that lies ahead, or ends before it begins."""
    if began_at > now or expected_until <= began_at:
        raise OutageOutOfTime


def check_end(ended_at: datetime | None) -> None:
    """Refuse to end an outage twice."""
    if ended_at is not None:
        raise OutageOver
