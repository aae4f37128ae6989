"""A letter as its writer follows it, and as those see it who work on it."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from shared.contracts.answers import GivenAnswer, LetterAnswer
from shared.contracts.letters import (
    LetterKind,
    LetterState,
    ListedLetter,
    StateType,
    TimelineEntry,
    WriterIdentity,
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
    may_publish: bool = Field(description="Whether its writer consents to publication.")
    received_on: date
    due_on: date
    due_provisional: bool
    due_explanation: list[CountedDay] = Field(description="How the due date was counted.")
    timeline: list[TimelineEntry]
    answer: str | None = None
    answered_on: date | None = None
    answering_unit: str | None = None
    answers: list[GivenAnswer] = Field(
        default=[], description="Every answer given, the first first; `answer` is the latest."
    )


class LetterEntry(BaseModel):
    """How a letter came that a clerk entered on its writer's behalf."""

    entered_by: str
    entered_at: datetime
    writer_identity: WriterIdentity


class OpenedLetter(ListedLetter):
    """A letter unsealed for those with authority over it."""

    text: str
    writer_name: str | None = Field(description="None of an anonymous writer.")
    writer_phone: str | None
    writer_email: str | None
    due_explanation: list[CountedDay]
    timeline: list[TimelineEntry]
    answer: LetterAnswer | None = Field(description="What was submitted last.")
    answers: list[GivenAnswer] = Field(default=[], description="What the writer has.")
    notes: int = Field(default=0, description="How many notes there are on it.")
    draft_saved_at: datetime | None = Field(
        default=None, description="When its unit saved a working draft, told to that unit alone."
    )
    entry: LetterEntry | None = Field(
        default=None, description="Of a letter that a clerk entered; none of one written here."
    )


class ReopenedLetter(BaseModel):
    """A letter that was taken up again, as its writer is told."""

    number: str
    state: LetterState
    state_label: str
    state_type: StateType
    due_on: date
    due_provisional: bool
