"""Letters from citizens, as their writers, the clerks and the public may know them.

No event and no public view holds what makes a writer known: name, contact or unmasked text.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.following import Receipt
from shared.events import Event

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


class LetterChannel(StrEnum):
    """The way a letter came: by its writer's own hand, or entered by a clerk on their behalf."""

    WEB = "web"
    APP = "app"
    PHONE = "phone"
    POST = "post"
    VISIT = "visit"


class OwnChannel(StrEnum):
    """The ways of a writer's own hand."""

    WEB = "web"
    APP = "app"


class EnteredChannel(StrEnum):
    """The ways that end with a clerk who enters the letter."""

    PHONE = "phone"
    POST = "post"
    VISIT = "visit"


class WriterIdentity(StrEnum):
    """What a clerk knows of whom a letter is entered for: nothing is left out by oversight."""

    NAMED = "named"
    NO_CONTACT = "no_contact"
    ANONYMOUS = "anonymous"


class LetterState(StrEnum):
    """How far a letter is; refused, resolved and unresolved are three different ends."""

    HELD = "held"
    RECEIVED = "received"
    REFUSED = "refused"
    MERGED = "merged"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"


class StateType(StrEnum):
    """What a state comes to, however it is called: answered is not resolved."""

    WAITING = "waiting"
    OPEN = "open"
    MERGED = "merged"
    REFUSED = "refused"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"


class Urgency(StrEnum):
    """How soon a clerk thinks a letter must be looked at, whatever its due date."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    URGENT = "urgent"


class LetterStep(StrEnum):
    """What its writer is told has happened to a letter."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MERGED = "merged"
    UNMERGED = "unmerged"
    DISPATCHED = "dispatched"
    TRANSFERRED = "transferred"
    CO_HANDLED = "co_handled"
    GIVEN_BACK = "given_back"
    DUE_CHANGED = "due_changed"
    EXTENDED = "extended"
    ANSWERED = "answered"
    SUPPLEMENTED = "supplemented"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    EVALUATED = "evaluated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    CONSENTED = "consented"
    CONSENT_WITHDRAWN = "consent_withdrawn"


class Satisfaction(StrEnum):
    """What a writer thinks of an answer."""

    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"


class TimelineEntry(BaseModel):
    """One step of a letter that its writer may see."""

    at: datetime
    step: LetterStep
    step_label: str
    organization: str | None = Field(default=None, description="Name of the unit in charge.")
    due_on: date = Field(description="The day to answer by, from then on.")
    note: str | None = Field(default=None, description="What the writer is told with it.")


class LetterReceipt(Receipt):
    """What a writer keeps: number and query code together open the letter's status."""

    received_on: date
    due_on: date
    due_provisional: bool = Field(description="A year in the count has no holiday notice yet.")


class Letter(BaseModel):
    """A letter as the clerks' acts answer it: how far it is, not what it says."""

    id: UUID
    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    channel: LetterChannel
    channel_label: str
    state: LetterState
    state_label: str
    state_type: StateType
    may_publish: bool = Field(description="Whether the writer consents to publication.")
    addressee: str | None = Field(description="Code of the unit the writer addressed.")
    organization: str | None = Field(description="Path of the unit it was dispatched to.")
    organization_name: str | None
    urgency: Urgency
    urgency_label: str
    lead_id: UUID | None = Field(description="The letter it was merged into, and answered with.")
    received_on: date
    due_on: date
    due_provisional: bool
    answered_on: date | None
    late: bool | None = Field(description="Answered after its due date; none while unanswered.")
    published_on: date | None = Field(description="Since when a masked rendition is public.")
    erased_on: date | None = Field(description="When its content was erased.")
    satisfaction: Satisfaction | None = Field(
        default=None, description="What its writer said of the answer; none if nothing yet."
    )
    reopened: int = Field(default=0, description="How often it was taken up again.")
    version: int


class ListedLetter(Letter):
    """A letter in the clerks' list."""

    title: str | None = Field(description="None once it was erased.")


class StateCount(BaseModel):
    """How many letters stand in a state."""

    state: LetterState
    state_label: str
    letters: int


class LetterCounts(BaseModel):
    """What waits at the desk: letters that are owed an answer, by state."""

    states: list[StateCount]
    overdue: int
    at_most: int = Field(description="Nothing is counted further: so many, or more.")


class LetterReceived(Event, type="interaction.letter.received", subject="letter_id"):
    """A citizen's letter came in, or was found to be one; its answer clock runs from receipt."""

    letter_id: UUID
    number: str
    kind: LetterKind
    channel: LetterChannel = LetterChannel.WEB
    site_code: str
    received_on: date
    due_on: date
    due_provisional: bool


class LetterConsentChanged(Event, type="interaction.letter.consent_changed", subject="letter_id"):
    """A writer gave or withdrew consent to publication, before anything was published."""

    letter_id: UUID
    number: str
    site_code: str
    may_publish: bool
