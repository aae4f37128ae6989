"""Clocks of letters, and what is announced of them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letters import LetterKind
from shared.events import Event
from shared.workdays import CountedDay


class LetterClockStep(StrEnum):
    """What is owed to a letter by a day; a first reply, the next and the answer are three."""

    ACCEPT = "accept"
    FIRST_REPLY = "first_reply"
    ANSWER = "answer"
    NEXT_ANSWER = "next_answer"
    EVALUATION = "evaluation"


class LetterClockState(StrEnum):
    """How a clock stands; late stays late, also once what was owed has come."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    MET = "met"
    LATE = "late"
    WAIVED = "waived"


class LetterAlarmLevel(StrEnum):
    """Who is called when a letter was left lying."""

    DUTY = "duty"
    LEADER = "leader"


class LetterDeadline(BaseModel):
    """By when a step is owed to a letter, and every day counted or skipped on the way there."""

    step: LetterClockStep
    step_label: str
    round: int = Field(description="Which time the step is owed; zero if it is not owed yet.")
    state: LetterClockState
    state_label: str
    since: date | None = Field(default=None, description="The day that is not counted.")
    days: int | None = Field(
        default=None, description="Working days in all; none where nothing limits the step."
    )
    extended: int = Field(default=0, description="How many of them are extensions.")
    due_on: date | None = None
    provisional: bool = Field(
        default=False, description="A year in the count has no holiday notice yet."
    )
    met_on: date | None = None
    policy: str = Field(description="What the site's terms are called.")
    policy_version: str = Field(description="Digest of the terms the letter was received under.")
    basis: str | None = Field(default=None, description="Document and clause of the limit.")
    calendar_version: str | None = None
    explanation: list[CountedDay] = []


class LetterDeadlines(BaseModel):
    """Every step of a letter by its clock."""

    number: str
    deadlines: list[LetterDeadline]


class LetterDueChanged(Event, type="interaction.letter.due_changed", subject="letter_id"):
    """A holiday notice moved a letter's due date, or made it certain."""

    letter_id: UUID
    number: str
    site_code: str
    before: date
    due_on: date
    due_provisional: bool
    calendar_version: str


class LetterClockMoved(Event, type="interaction.letter.clock_moved", subject="letter_id"):
    """A holiday notice moved what is owed to a letter besides its answer, or made it certain."""

    letter_id: UUID
    site_code: str
    step: LetterClockStep
    before: date
    due_on: date
    due_provisional: bool
    calendar_version: str


class LetterOverdue(Event, type="interaction.letter.overdue", subject="letter_id"):
    """A letter's due date passed without an answer; said once."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    organization: str | None
    due_on: date


class LetterDueSoon(Event, type="interaction.letter.due_soon", subject="letter_id"):
    """So many working days are left for a step of a letter; said once of each number of days."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str = Field(description="Path of the unit in charge, or of the sponsor.")
    step: LetterClockStep
    due_on: date
    days_left: int


class LetterAlarmed(Event, type="interaction.letter.alarmed", subject="letter_id"):
    """A letter was left lying for hours; whoever is on duty is called, then the leaders."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str = Field(description="Path of the unit in charge, or of the sponsor.")
    step: LetterClockStep
    level: LetterAlarmLevel
    hours: int
    people: list[UUID] = Field(description="Ids of the staff called; none if nobody is known.")
