"""Working days by the State Council's yearly holiday notices, and the deadlines counted in them.

A year without a notice is counted Monday to Friday, and everything said of it is provisional.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from shared.problem import Unprocessable

LONGEST_TERM = 400
ONE_DAY = dt.timedelta(days=1)


class TermOutOfRange(Unprocessable):
    """A deadline is counted over one to four hundred working days, within the calendar."""

    advice = f"办理期限须为 1 至 {LONGEST_TERM} 个工作日，且不得超出日历范围。"


class DayKind(StrEnum):
    """Why a day counts towards a deadline or does not, in the words shown to people."""

    RECEIPT = "收到当日不计"
    WORKDAY = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "法定节假日"
    MAKEUP = "调休上班"


Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Days = Annotated[tuple[dt.date, ...], Field(max_length=366)]
WORKED = {DayKind.WORKDAY, DayKind.MAKEUP}


class Notice(BaseModel):
    """What one year's notice changes in the plain Monday-to-Friday week."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    title: Words
    number: Words
    issued_on: dt.date
    off: Days
    makeup: Days

    @field_validator("off", "makeup")
    @classmethod
    def _in_order(cls, days: tuple[dt.date, ...]) -> tuple[dt.date, ...]:
        return tuple(sorted(days))

    @model_validator(mode="after")
    def _of_its_year_and_week(self) -> Self:
        days = self.off + self.makeup
        faults = {
            # A day given twice usually stands where another was meant, so none is dropped.
            "日期重复": sorted({day for day in days if days.count(day) > 1}),
            "日期不在本年度": [day for day in days if day.year != self.year],
            "放假日期须为周一至周五": [day for day in self.off if _is_weekend(day)],
            "调休上班日期须为周六或周日": [day for day in self.makeup if not _is_weekend(day)],
        }
        told = [f"{fault}：{_listed(wrong)}" for fault, wrong in faults.items() if wrong]
        if told:
            raise ValueError("；".join(told))
        return self


class CountedDay(BaseModel):
    """One step of counting a deadline, so that anyone can follow it day by day."""

    model_config = ConfigDict(frozen=True)

    date: dt.date
    counted: bool
    reason: DayKind
    provisional: bool


class Deadline(BaseModel):
    """The last day to act, with the calendar it was counted on and every step of the count."""

    model_config = ConfigDict(frozen=True)

    date: dt.date
    provisional: bool
    calendar_version: str
    explanation: tuple[CountedDay, ...]


@dataclass(frozen=True)
class Calendar:
    """The working days that follow from a set of notices, one for each year known."""

    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        if len(self._years) < len(self.notices):
            raise ValueError("a calendar holds one notice for each year")

    @classmethod
    def official(cls) -> Self:
        """Return the calendar of the notices checked in with the source."""
        return cls(OFFICIAL_NOTICES)

    def with_notice(self, notice: Notice) -> Self:
        """Return the calendar as it is once `notice` stands for the whole of its year."""
        others = [known for known in self.notices if known.year != notice.year]
        return type(self)(tuple(sorted([*others, notice], key=lambda known: known.year)))

    @cached_property
    def version(self) -> str:
        """A short digest: equal for calendars of equal notices, in whatever order."""
        notices = sorted(self.notices, key=lambda notice: notice.year)
        content = [notice.model_dump(mode="json") for notice in notices]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.notices)

    @cached_property
    def _off(self) -> frozenset[dt.date]:
        return frozenset(day for notice in self.notices for day in notice.off)

    @cached_property
    def _makeup(self) -> frozenset[dt.date]:
        return frozenset(day for notice in self.notices for day in notice.makeup)

    def kind(self, day: dt.date) -> DayKind:
        """Say what kind of day `day` is: as far as is known, when its year is provisional."""
        if isinstance(day, dt.datetime):
            raise TypeError("working days are counted in business dates, not in instants")
        if day in self._makeup:
            return DayKind.MAKEUP
        if day in self._off:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if _is_weekend(day) else DayKind.WORKDAY

    def is_workday(self, day: dt.date) -> bool:
        """Tell whether offices work on `day`."""
        return self.kind(day) in WORKED

    def is_provisional(self, year: int) -> bool:
        """Tell whether the notice for `year` is still missing."""
        return year not in self._years

    def due(self, start: dt.date, days: int) -> Deadline:
        """Count `days` working days from the day after `start`, the day of receipt."""
        if not 1 <= days <= LONGEST_TERM:
            raise TermOutOfRange(days=days)
        try:
            explanation = (_receipt(start), *self._count(start, days))
        except OverflowError:
            raise TermOutOfRange(days=days) from None
        return Deadline(
            date=explanation[-1].date,
            provisional=any(day.provisional for day in explanation),
            calendar_version=self.version,
            explanation=explanation,
        )

    def _count(self, start: dt.date, days: int) -> Iterator[CountedDay]:
        day = start
        while days:
            day += ONE_DAY
            kind = self.kind(day)
            counted = kind in WORKED
            days -= counted
            provisional = self.is_provisional(day.year)
            yield CountedDay(date=day, counted=counted, reason=kind, provisional=provisional)

    def workdays_between(self, start: dt.date, end: dt.date) -> int:
        """Count the working days after `start` up to and with `end`; negative once `end` is past.

        It undoes `due`: from the start to the date due there are as many days as were given.
        """
        if end < start:
            return -self.workdays_between(end, start)
        days = (start + ONE_DAY * step for step in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)


def _receipt(day: dt.date) -> CountedDay:
    return CountedDay(date=day, counted=False, reason=DayKind.RECEIPT, provisional=False)


def _is_weekend(day: dt.date) -> bool:
    return day.isoweekday() > 5  # noqa: PLR2004  # ISO numbers Saturday 6 and Sunday 7


def _listed(days: list[dt.date]) -> str:
    return "、".join(day.isoformat() for day in days)


_CHECKED_IN = json.loads(files("shared").joinpath("workday_notices.json").read_bytes())
OFFICIAL_NOTICES = tuple(Notice.model_validate(notice) for notice in _CHECKED_IN["notices"])
