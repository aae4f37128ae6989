"""By when a directive is to be kept, counted so that anyone can follow it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.business_day import BEIJING, business_date
from shared.contracts.binding import DeadlineClock, DeadlinePolicy
from shared.problem import Fault
from shared.workdays import ONE_DAY, Calendar


class Part(BaseModel):
    """A part of the figures; an unknown or missing one stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """The document and clause a figure stands on, and how sure it is."""

    document: str
    clause: str
    confidence: str = Field(pattern=r"^(F|K-[hml]|own)$")


class Span(Part):
    """A stretch of the day in which offices work."""

    begin: time
    end: time


class OfficeHours(Part):
    """When offices work on a working day."""

    source: Source
    spans: tuple[Span, ...] = Field(min_length=1)


class Policy(Part):
    """So many hours, of the calendar or of offices."""

    label: str
    hours: int = Field(ge=1, le=240)
    clock: DeadlineClock
    source: Source


class Reminding(Part):
    """When a site that has not answered is reminded, in shares of its time."""

    source: Source
    shares: tuple[float, ...]


class Escalating(Part):
    """How long after the deadline the supervisor is told, as a share of the time there was."""

    source: Source
    share: float = Field(ge=0)


class Figures(Part):
    """All figures of deadlines."""

    office_hours: OfficeHours
    policies: Mapping[str, Policy]
    reminding: Reminding
    escalating: Escalating


class Deadline(NamedTuple):
    """When something is due, and how that came about, for those who must keep it."""

    at: datetime
    basis: str


@cache
def figures() -> Figures:
    """Return the figures this version was made with."""
    text = files(__package__).joinpath("deadlines.yaml").read_text("utf-8")
    return Figures.model_validate(yaml.safe_load(text))


def unknown(name: str | None) -> Iterator[Fault]:
    """Yield a fault that names the policies there are, if there is none of this name."""
    if name is not None and name not in figures().policies:
        known = "、".join(f"{name}（{each.label}）" for name, each in figures().policies.items())
        yield Fault("/policy", "unknown_policy", f"没有这项时限政策，可选：{known}。")


def by_hand(at: datetime) -> Deadline:
    """Return a deadline that the issuer chose."""
    return Deadline(at, f"由发出单位指定，截止 {_written(at)}。")


def counted(by: Policy, told_at: datetime, calendar: Calendar) -> Deadline:
    """Count a policy's hours from the instant a site is told."""
    if by.clock is DeadlineClock.CALENDAR:
        at, steps = told_at + timedelta(hours=by.hours), f"起算{by.hours}小时，昼夜连续计算"
    else:
        at = office_time(told_at, timedelta(hours=by.hours), calendar)
        steps = f"起算{by.hours}个工作小时，{_office_steps(told_at, at, calendar)}"
    source = f"依据：{by.source.document}，{by.source.clause}。"
    begun = f"按时限政策“{by.label}”，自 {_written(told_at)} {steps}"
    return Deadline(at, f"{begun}，截止 {_written(at)}。{source}")


def offered(now: datetime, calendar: Calendar) -> list[DeadlinePolicy]:
    """Return every policy, with what it comes to for what is issued now."""
    return [
        DeadlinePolicy(
            name=name,
            label=each.label,
            hours=each.hours,
            clock=each.clock,
            document=each.source.document,
            clause=each.source.clause,
            deadline=(due := counted(each, now, calendar)).at,
            deadline_basis=due.basis,
        )
        for name, each in figures().policies.items()
    ]


def office_time(since: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """Return the instant at which offices have worked for so long since another."""
    left, day = length, business_date(since)
    while True:
        for opens, end in _worked(day, calendar):
            begin = max(opens, since)
            if end - begin >= left:
                return (begin + left).astimezone(since.tzinfo)
            left -= max(end - begin, timedelta())
        day += ONE_DAY


def _worked(day: date, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    if calendar.is_workday(day):
        for span in figures().office_hours.spans:
            yield (
                datetime.combine(day, span.begin, BEIJING),
                datetime.combine(day, span.end, BEIJING),
            )


def _office_steps(since: datetime, until: datetime, calendar: Calendar) -> str:
    spans = "、".join(
        f"{span.begin:%H:%M}—{span.end:%H:%M}" for span in figures().office_hours.spans
    )
    first, last = business_date(since), business_date(until)
    days = [first + ONE_DAY * step for step in range((last - first).days + 1)]
    idle = [f"{day}（{calendar.kind(day).value}）" for day in days if not calendar.is_workday(day)]
    skipped = f"，其间不计 {'、'.join(idle)}" if idle else ""
    unknown = sorted({day.year for day in days if calendar.is_provisional(day.year)})
    guessed = "".join(f"，{year}年放假安排尚未公布，暂按周一至周五推算" for year in unknown)
    return f"工作时间为工作日 {spans}{skipped}{guessed}"


def _written(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
