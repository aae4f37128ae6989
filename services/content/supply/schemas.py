"""What the API of supply accepts."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from shared.business_day import end_of, start_of
from shared.contracts.commissioning import CommissionState
from shared.contracts.supply import ContributionState, SupplyTaskState
from shared.contracts.text import SiteCode, Strict
from shared.problem import Fault, Invalid

LONGEST_WINDOW = timedelta(days=366)


class ContributionFilter(Strict):
    """Which contributions to list."""

    site_code: SiteCode | None = None
    task_id: UUID | None = None
    state: ContributionState | None = None


class TaskFilter(Strict):
    """Which tasks to list."""

    site_code: SiteCode | None = None
    state: SupplyTaskState | None = None


class CommissionFilter(Strict):
    """Which commissions to list."""

    site_code: SiteCode | None = None
    state: CommissionState | None = None


class Window(NamedTuple):
    """The instants between which something is counted."""

    start: datetime
    end: datetime


def window(since: date, until: date) -> Window:
    """Return the instants from the first day's beginning to the last day's end."""
    if not since <= until <= since + LONGEST_WINDOW:
        raise Invalid(
            [Fault("query:to", "out_of_range", "截止日期须不早于起始日期，且在一年以内。")]
        )
    return Window(start_of(since), end_of(until))
