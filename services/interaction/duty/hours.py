"""The figures of duty, and by when whoever is on duty must have signed on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from shared.business_day import BEIJING, business_date
from shared.figures import Figures, Source, read
from shared.workdays import ONE_DAY, Calendar


class Span(Figures):
    """A stretch of the day in which offices work."""

    begin: time
    end: time


class OfficeHours(Figures):
    """When offices work on a working day."""

    source: Source
    spans: tuple[Span, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        edges = [edge for span in self.spans for edge in (span.begin, span.end)]
        if any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("stretches of office hours follow one another")
        return self


class SignOn(Figures):
    """How long after offices open somebody may still sign on in time."""

    source: Source
    minutes: int = Field(ge=0, le=240)


class Drafting(Figures):
    """How many days a draft covers at most, and how many it looks back."""

    source: Source
    longest_days: int = Field(ge=1, le=366)
    history_days: int = Field(ge=0, le=1100)


class Notes(Figures):
    """How many days hand-over notes are kept."""

    source: Source
    kept_days: int = Field(ge=1)


class DutyFigures(Figures):
    """All figures of duty."""

    office_hours: OfficeHours
    sign_on: SignOn
    drafting: Drafting
    notes: Notes


@cache
def figures() -> DutyFigures:
    """Return the figures this version was made with."""
    return read(DutyFigures, __package__, "duty.yaml")


def sign_on_by(day: date) -> datetime:
    """Return the instant from which whoever has not signed on that day is missing."""
    opens = figures().office_hours.spans[0].begin
    return datetime.combine(day, opens, BEIJING) + _grace()


def expected_by(day: date, told_at: datetime) -> datetime:
    """Return by when somebody must have signed on who was told of their day at this instant."""
    return max(sign_on_by(day), told_at + _grace())


def offices_work(now: datetime) -> bool:
    """Say whether an instant of a working day lies in office hours: a break does not."""
    day = business_date(now)
    return any(
        datetime.combine(day, span.begin, BEIJING)
        <= now
        < datetime.combine(day, span.end, BEIJING)
        for span in figures().office_hours.spans
    )


def is_on_duty(
    signed_on_at: datetime | None, signed_off_at: datetime | None, now: datetime
) -> bool:
    """Say whether whoever holds today is there now.

    That is from sign-on to sign-off; one who has not signed on is expected in office hours.
    """
    if signed_off_at is not None:
        return False
    return signed_on_at is not None or offices_work(now)


def working_days(since: date, until: date, calendar: Calendar) -> Iterator[date]:
    """Yield the days offices work from one day to another, both counted in."""
    days = (since + ONE_DAY * step for step in range((until - since).days + 1))
    return (day for day in days if calendar.is_workday(day))


def next_look(since: date, now: datetime, calendar: Calendar) -> date:
    """Return the first working day not before `since` by which it is still to be signed on."""
    day = max(since, business_date(now))
    while not calendar.is_workday(day) or sign_on_by(day) <= now:
        day += ONE_DAY
    return day


def look_after(day: date, calendar: Calendar) -> date:
    """Return the working day after one that was looked at, also where that lies in the past."""
    day += ONE_DAY
    while not calendar.is_workday(day):
        day += ONE_DAY
    return day


def _grace() -> timedelta:
    return timedelta(minutes=figures().sign_on.minutes)
