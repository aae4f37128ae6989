"""A letter as its writer follows it, and as those see it who work on it."""

from datetime import date

from pydantic import BaseModel, Field

from shared.contracts.answers import LetterAnswer
from shared.contracts.letters import (
    LetterKind,
    LetterState,
    ListedLetter,
    StateType,
    TimelineEntry,
)
from shared.workdays import CountedDay


class LetterStatus(BaseModel):
    """A letter as its writer follows it."""

    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    state: LetterState
    state_label: str
    state_type: StateType
    received_on: date
    due_on: date
    due_provisional: bool
    due_explanation: list[CountedDay] = Field(description="How the due date was counted.")
    timeline: list[TimelineEntry]
    answer: str | None = None
    answered_on: date | None = None
    answering_unit: str | None = None


class OpenedLetter(ListedLetter):
    """A letter unsealed for those with authority over it."""

    text: str
    writer_name: str
    writer_phone: str | None
    writer_email: str | None
    due_explanation: list[CountedDay]
    timeline: list[TimelineEntry]
    answer: LetterAnswer | None


class ReopenedLetter(BaseModel):
    """A letter that was taken up again, as its writer is told."""

    number: str
    state: LetterState
    state_label: str
    state_type: StateType
    due_on: date
    due_provisional: bool
