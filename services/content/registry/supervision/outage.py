"""When a report of an outage makes sense."""

from datetime import datetime, timedelta

from services.content.registry.limits import limits
from shared.problem import Conflict, Unprocessable


class OutageOutOfTime(Unprocessable):
    """An outage that is reported has begun, and is expected to end after that."""

    advice = "停机开始时间不得晚于当前时间，预计恢复时间须晚于开始时间。"


class OutageTooLong(Unprocessable):
    """One report covers only so long; a site that is away for longer is suspended."""

    advice = "一次停机报告的时间超过规定天数；需要更长时间的，请办理临时下线。"


class OutageLasts(Conflict):
    """An outage of this site was reported and lasts."""

    advice = "本网站已有未恢复的停机报告。"


class OutageOver(Conflict):
    """The outage is over."""

    advice = "该次停机已恢复。"


def check_report(began_at: datetime, expected_until: datetime, now: datetime) -> None:
    """Refuse an outage that lies ahead, ends before it begins, or excuses for too long."""
    if began_at > now or expected_until <= began_at:
        raise OutageOutOfTime
    longest = limits().outage.longest_days
    if expected_until > began_at + timedelta(days=longest):
        raise OutageTooLong(longest_days=longest)


def check_end(ended_at: datetime | None) -> None:
    """Refuse to end an outage twice."""
    if ended_at is not None:
        raise OutageOver
