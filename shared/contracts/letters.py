"""Letters from citizens, as their writers, the clerks and the public may know them.

No event and no public view holds what makes a writer known: name, contact or unmasked text.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import Verdict
from shared.events import Event
from shared.workdays import CountedDay

LetterNumber = Annotated[
    str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$", examples=["3403000006-20260302-0001-17"])
]
"""Site, day, serial and two check digits (ISO 7064 MOD 97-10)."""


class LetterKind(StrEnum):
    """What a citizen writes for."""

    CONSULTATION = "consultation"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    HELP = "help"
    REPORT = "report"
    PRAISE = "praise"
    CORRECTION = "correction"


class LetterState(StrEnum):
    """How far a letter is."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    PUBLISHED = "published"


class LetterStep(StrEnum):
    """What its writer is told has happened to a letter."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    DUE_CHANGED = "due_changed"
    ANSWERED = "answered"
    PUBLISHED = "published"


class TimelineEntry(BaseModel):
    """One step of a letter that its writer may see."""

    at: datetime
    step: LetterStep
    step_label: str
    organization: str | None = Field(default=None, description="Name of the unit in charge.")
    due_on: date = Field(description="The day to answer by, from then on.")


class LetterReceipt(BaseModel):
    """What a writer keeps: number and query code together open the letter's status."""

    number: str
    query_code: str = Field(description="Shown this once; whoever has it can read the answer.")
    received_on: date
    due_on: date
    due_provisional: bool = Field(description="A year in the count has no holiday notice yet.")


class LetterStatus(BaseModel):
    """A letter as its writer follows it."""

    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    state: LetterState
    state_label: str
    received_on: date
    due_on: date
    due_provisional: bool
    due_explanation: list[CountedDay] = Field(description="How the due date was counted.")
    timeline: list[TimelineEntry]
    answer: str | None = None
    answered_on: date | None = None
    answering_unit: str | None = None


class PublicLetter(BaseModel):
    """The rendition of an answered letter that everyone may read, personal data masked."""

    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    title: str
    text: str
    answer: str
    received_on: date
    answered_on: date
    answering_unit: str
    published_at: datetime


class Letter(BaseModel):
    """A letter as the clerks' acts answer it: how far it is, not what it says."""

    id: UUID
    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    state: LetterState
    state_label: str
    may_publish: bool = Field(description="Whether the writer consents to publication.")
    addressee: str | None = Field(description="Code of the unit the writer addressed.")
    organization: str | None = Field(description="Path of the unit it was dispatched to.")
    organization_name: str | None
    received_on: date
    due_on: date
    due_provisional: bool
    answered_on: date | None
    late: bool | None = Field(description="Answered after its due date; none while unanswered.")
    version: int


class ListedLetter(Letter):
    """A letter in the clerks' list."""

    title: str


class AnswerFinding(BaseModel):
    """A sign that an answer puts its reader off."""

    code: str
    excerpt: str
    message: str


class LetterAnswer(BaseModel):
    """The latest answer to a letter, as those who work on it see it."""

    text: str
    answer_hash: str = Field(description="Name it in the review: it binds consent to this text.")
    author: str
    written_at: datetime
    findings: list[AnswerFinding]
    verdict: Verdict | None = None
    reviewer: str | None = None
    decided_at: datetime | None = None
    reason: str | None = Field(default=None, description="Why returned, or approved regardless.")


class OpenedLetter(ListedLetter):
    """A letter unsealed for those with authority over it."""

    text: str
    writer_name: str
    writer_phone: str | None
    writer_email: str | None
    due_explanation: list[CountedDay]
    timeline: list[TimelineEntry]
    answer: LetterAnswer | None


class LetterReceived(Event, type="interaction.letter.received", subject="letter_id"):
    """A citizen's letter came in; from now on its answer clock runs."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    received_on: date
    due_on: date
    due_provisional: bool


class LetterDispatched(Event, type="interaction.letter.dispatched", subject="letter_id"):
    """A letter was given to the unit that must answer it."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    due_on: date
    due_provisional: bool


class AnswerDrafted(Event, type="interaction.answer.drafted", subject="letter_id"):
    """The unit in charge drafted an answer."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str


class AnswerReturned(Event, type="interaction.answer.returned", subject="letter_id"):
    """A reviewer gave a draft answer back."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str


class LetterAnswered(Event, type="interaction.letter.answered", subject="letter_id"):
    """An approved answer reached the writer."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    organization: str
    answer_hash: str
    received_on: date
    answered_on: date
    due_on: date
    late: bool
    waived: list[str] = Field(description="Findings the reviewer let pass with a reason.")


class LetterPublished(Event, type="interaction.letter.published", subject="letter_id"):
    """A masked rendition of an answered letter became public."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str


class LetterDueChanged(Event, type="interaction.letter.due_changed", subject="letter_id"):
    """A holiday notice moved a letter's due date, or made it certain."""

    letter_id: UUID
    number: str
    site_code: str
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
