"""What is said of a running clock, and at which instant: alarms, reminders and cards."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.interaction.mailbox.clocks.deadlines import ANSWERS
from services.interaction.mailbox.clocks.terms.policy import RedLine, Terms, Warnings
from shared.business_day import BEIJING, business_date, end_of
from shared.contracts.letter_clocks import LetterClockStep
from shared.workdays import ONE_DAY, Calendar

LAST_MONTH = 12
NO_CARDS = frozenset({LetterClockStep.EVALUATION})
"""Steps the writer takes: nobody is reminded, called or shown a card."""


class Said(StrEnum):
    """What kind of thing is said."""

    DUTY = "duty"
    LEADER = "leader"
    WARNING = "warning"
    YELLOW = "yellow"
    RED = "red"


class Saying(NamedTuple):
    """Something to say at an instant, once; `number` tells hours passed or days left."""

    what: Said
    at: datetime
    number: int = 0

    @property
    def name(self) -> str:
        """What is kept of it once said."""
        return f"{self.what}-{self.number}"


class Clock(NamedTuple):
    """What must be known of a clock to say when something is said of it."""

    step: LetterClockStep
    started_at: datetime
    since: date
    due_on: date | None


def sayings(clock: Clock, terms: Terms, red_line: RedLine, calendar: Calendar) -> Sequence[Saying]:
    """Return all that is ever said of a clock if it runs on, the first first."""
    if clock.step in NO_CARDS:
        return ()
    said = [*_alarms(clock, terms, calendar), *_warnings(clock, terms.warnings, calendar)]
    if clock.due_on is not None:
        late = end_of(clock.due_on)
        said.append(Saying(Said.YELLOW, late))
        said.append(
            Saying(Said.RED, max(late, _red(clock, clock.due_on, terms, red_line, calendar)))
        )
    return sorted(said, key=lambda saying: saying.at)


def due(plan: Sequence[Saying], said: Collection[str], now: datetime) -> list[Saying]:
    """Return what is to be said now; of what a late worker missed, only what still helps.

    Nobody is reminded of what is late already, nor twice of the same.
    """
    waiting = [saying for saying in plan if saying.at <= now and saying.name not in said]
    cards = [saying for saying in waiting if saying.what in CARDS]
    alarms = [saying for saying in waiting if saying.what in ALARMS]
    warnings = [saying for saying in waiting if saying.what is Said.WARNING]
    shown = CARD_NAMES & set(said)
    return [*alarms[-1:], *(() if cards or shown else warnings[-1:]), *cards]


CARDS = frozenset({Said.YELLOW, Said.RED})
ALARMS = frozenset({Said.DUTY, Said.LEADER})
CARD_NAMES = frozenset(f"{card}-0" for card in CARDS)


def passed(plan: Sequence[Saying], said: Collection[str], now: datetime) -> list[str]:
    """Return the names of what needs no more saying by now."""
    return sorted({*said, *(saying.name for saying in plan if saying.at <= now)})


def counted_anew(plan: Sequence[Saying], said: Collection[str], now: datetime) -> list[str]:
    """Return the names of what needs no saying once the day moved: reminders start afresh.

    Those whose time has passed already are not made up for; what is late is still said.
    """
    warnings = {saying.name for saying in plan if saying.what is Said.WARNING}
    old = {name for name in said if name.partition("-")[0] != Said.WARNING}
    return sorted(old | {s.name for s in plan if s.name in warnings and s.at <= now})


def next_at(plan: Sequence[Saying], said: Collection[str]) -> datetime | None:
    """Return the instant at which the next thing is to be said, if any is left."""
    return next((saying.at for saying in plan if saying.name not in said), None)


def _alarms(clock: Clock, terms: Terms, calendar: Calendar) -> Iterator[Saying]:
    if (alarm := terms.alarms.get(clock.step)) is None:
        return
    for what, hours in ((Said.DUTY, alarm.duty), (Said.LEADER, alarm.leader)):
        at = clock.started_at + timedelta(hours=hours)
        yield Saying(what, in_hours(at, terms.warnings, calendar), hours)


def _warnings(clock: Clock, warnings: Warnings, calendar: Calendar) -> Iterator[Saying]:
    if clock.due_on is None:
        return
    for days in warnings.days:
        day = _days_before(clock.due_on, days, calendar)
        at = datetime.combine(day, warnings.opens, BEIJING)
        if at > clock.started_at:
            yield Saying(Said.WARNING, at, days)


def _days_before(day: date, days: int, calendar: Calendar) -> date:
    """Return the working day from which so many are left until `day`, the last one included."""
    while days:
        days -= calendar.is_workday(day)
        day -= ONE_DAY
    while not calendar.is_workday(day):
        day -= ONE_DAY
    return day


def _red(
    clock: Clock, due_on: date, terms: Terms, red_line: RedLine, calendar: Calendar
) -> datetime:
    after = end_of(calendar.due(due_on, terms.red.days).date)
    if clock.step not in ANSWERS:
        return after
    return min(after, end_of(_months_later(clock.since, red_line.months)))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one that month has."""
    years, month = divmod(day.month - 1 + months, LAST_MONTH)
    first = date(day.year + years, month + 1, 1)
    last = _first_of_next(first) - ONE_DAY
    return min(first + ONE_DAY * (day.day - 1), last)


def _first_of_next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def in_hours(at: datetime, hours: Warnings, calendar: Calendar) -> datetime:
    """Return the instant itself if offices work then, else when they open next."""
    day = business_date(at)
    opens = datetime.combine(day, hours.opens, BEIJING)
    if calendar.is_workday(day) and opens <= at < datetime.combine(day, hours.closes, BEIJING):
        return at
    if at >= opens:
        day += ONE_DAY
    while not calendar.is_workday(day):
        day += ONE_DAY
    return datetime.combine(day, hours.opens, BEIJING)
