"""How long a consultation is open, and by when what came of it is owed."""

import calendar as months
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from shared.contracts.consulting import ConsultationKind
from shared.figures import Figures, Source, read
from shared.workdays import Calendar

DECEMBER = 12


class Open(Source):
    """Days that a consultation is open at least."""

    days: int = Field(ge=1, le=365)


class Owed(Source):
    """Months after its end within which its report is owed."""

    months: int = Field(ge=1, le=12)


class Terms(Figures):
    """All figures of consultations."""

    shortest: dict[ConsultationKind, Open]
    report: Owed

    @model_validator(mode="after")
    def _name_every_kind(self) -> Self:
        if missing := set(ConsultationKind) - set(self.shortest):
            raise ValueError(f"no term for {sorted(missing)}")
        return self


class ReportDue(NamedTuple):
    """The last day to publish a report, and whether a missing holiday notice may move it."""

    on: date
    provisional: bool


@cache
def terms() -> Terms:
    """Return the figures this version was made with."""
    return read(Terms, __package__, "terms.yaml")


def first_possible_end(opens_on: date, days: int) -> date:
    """Return the earliest last day; the day of opening is not counted."""
    return opens_on + timedelta(days=days)


def report_due(closes_on: date, after: int, calendar: Calendar) -> ReportDue:
    """Return the day a report is owed by: the same day some months on, or the next working day."""
    year, month = divmod(closes_on.month - 1 + after, DECEMBER)
    year, month = closes_on.year + year, month + 1
    day = date(year, month, min(closes_on.day, months.monthrange(year, month)[1]))
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return ReportDue(day, calendar.is_provisional(day.year))
