"""The period a statement is about."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from shared.problem import Fault, Invalid

LONGEST = 366


class Period(NamedTuple):
    """The first and the last day of receipt that a statement counts."""

    since: date
    until: date


def period_of(month: str | None, since: date | None, until: date | None) -> Period:
    """Return a month such as `2026-03`, or the days between two dates, a year at most."""
    if month is not None:
        if since is not None or until is not None:
            raise Invalid([Fault("/month", "unexpected", "月份与起止日期只能填写一种。")])
        year, number = map(int, month.split("-"))
        return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))
    if since is None or until is None:
        raise Invalid([Fault("/month", "missing", "请填写月份，或起止日期。")])
    if not 0 <= (until - since).days < LONGEST:
        raise Invalid([Fault("/until", "range", "截止日期应不早于起始日期，且不超过一年。")])
    return Period(since, until)
