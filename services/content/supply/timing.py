"""When a unit is reminded of what it owes, and when it owes it again."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime

from shared.business_day import BEIJING, business_date, lies_ahead
from shared.contracts.supply import Recurrence
from shared.problem import Unprocessable
from shared.workdays import ONE_DAY, Calendar

MONTHS: Mapping[Recurrence, int] = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3}


class DueOutOfRange(Unprocessable):
    """A task falls due after it is asked for, within a year."""

    advice = "截止时间须晚于当前时间，且在一年以内。"


def check_deadline(deadline: datetime, now: datetime) -> None:
    """Refuse a deadline that has passed or lies more than a year ahead."""
    if not lies_ahead(deadline, now):
        raise DueOutOfRange


def reminder(deadline: datetime, calendar: Calendar) -> datetime:
    """Return the hour of the deadline on the last working day before it."""
    at = deadline - ONE_DAY
    while not calendar.is_workday(business_date(at)):
        at -= ONE_DAY
    return at


def repeated(first: datetime, recurrence: Recurrence, occurrence: int) -> datetime | None:
    """Return when the next one after this occurrence falls due, if there is a next one.

    Counted from the first one, so that what falls due on a 31st does not slip in short months.
    """
    if recurrence not in MONTHS:
        return None
    local = first.astimezone(BEIJING)
    years, month = divmod(local.month - 1 + MONTHS[recurrence] * occurrence, 12)
    year, month = local.year + years, month + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))
