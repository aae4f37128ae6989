"""By when each step of a letter is owed: nothing but its terms, the calendar and what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from services.interaction.mailbox.clocks.terms.policy import Terms
from shared.contracts.letter_clocks import LetterClockState, LetterClockStep
from shared.contracts.letters import LetterKind
from shared.workdays import Calendar, Deadline

AT_RECEIPT = (LetterClockStep.ACCEPT, LetterClockStep.FIRST_REPLY, LetterClockStep.ANSWER)
"""What is owed from the day of receipt on."""
ANSWERS = frozenset({LetterClockStep.ANSWER, LetterClockStep.NEXT_ANSWER})
"""The steps whose due date is the letter's own."""
STATES = {
    LetterClockState.NOT_STARTED: "未开始",
    LetterClockState.RUNNING: "计时中",
    LetterClockState.MET: "按期完成",
    LetterClockState.LATE: "逾期",
    LetterClockState.WAIVED: "不再计时",
}


class Happening(StrEnum):
    """What can happen to a step."""

    STARTED = "started"
    EXTENDED = "extended"
    MET = "met"
    WAIVED = "waived"
    RESUMED = "resumed"


class Happened(NamedTuple):
    """Something that happened to a step of a letter on a day; started again, it is another round.

    Days are of an extension.
    """

    step: LetterClockStep
    what: Happening
    on: date
    days: int = 0


class Place(NamedTuple):
    """A step, and which time it is owed."""

    step: LetterClockStep
    round: int


@dataclass(frozen=True)
class Owed:
    """One step as it is owed; what has no limit is only noted once it comes."""

    since: date
    days: int | None
    extended: int = 0
    deadline: Deadline | None = None
    met_on: date | None = None
    waived_on: date | None = None

    def state(self, today: date) -> LetterClockState:
        """Say how it stands."""
        due_on = self.deadline.date if self.deadline else None
        return standing(due_on, self.met_on, self.waived_on, today)


def deadline(
    terms: Terms, kind: LetterKind, calendar: Calendar, events: Iterable[Happened]
) -> Mapping[Place, Owed]:
    """Return by when each step that ever started is owed, whatever time it is asked.

    An extension counts on from the same first day, so that the explanation is of the whole term.
    """
    owed: dict[Place, Owed] = {}
    rounds = dict.fromkeys(LetterClockStep, 0)
    for step, what, on, days in events:
        if what is Happening.STARTED:
            rounds[step] += 1
            limit = terms.limit(step, kind)
            begun = Owed(on, limit.days if limit else None)
            owed[Place(step, rounds[step])] = _counted(begun, calendar)
        elif (place := Place(step, rounds[step])) in owed:
            owed[place] = _after(owed[place], what, on, days, calendar)
    return owed


def _after(owed: Owed, what: Happening, on: date, days: int, calendar: Calendar) -> Owed:
    if owed.met_on is not None:
        return owed  # whatever comes after it is met changes nothing
    match what:
        case Happening.EXTENDED:
            return _counted(replace(owed, extended=owed.extended + days), calendar)
        case Happening.MET:
            return replace(owed, met_on=on)
        case Happening.WAIVED:
            return replace(owed, waived_on=on)
        case _:
            return replace(owed, waived_on=None)


def _counted(owed: Owed, calendar: Calendar) -> Owed:
    if owed.days is None:
        return owed
    return replace(owed, deadline=calendar.due(owed.since, owed.days + owed.extended))


def standing(
    due_on: date | None, met_on: date | None, waived_on: date | None, today: date
) -> LetterClockState:
    """Say how a step stands that is due at the end of a day, seen from today."""
    ended = met_on or waived_on or today
    if due_on is not None and ended > due_on:
        return LetterClockState.LATE
    if met_on is not None:
        return LetterClockState.MET
    return LetterClockState.WAIVED if waived_on else LetterClockState.RUNNING
