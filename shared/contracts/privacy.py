"""Who saw what citizens wrote, what is kept of them, and how it is erased."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.contracts.attachments import Attachment
from shared.contracts.letters import (
    LetterKind,
    LetterState,
    TimelineEntry,
)
from shared.contracts.text import Reason, Strict
from shared.contracts.writing import EMail, Phone
from shared.events import Event


class LetterUse(StrEnum):
    """What somebody of the staff did with a letter's content."""

    OPENED = "opened"
    READ_FILE = "read_file"
    SOUGHT = "sought"
    EXPORTED = "exported"


class ErasureState(StrEnum):
    """How far a request to erase a letter is."""

    ASKED = "asked"
    ERASED = "erased"
    REFUSED = "refused"


class LetterAccess(BaseModel):
    """That somebody of the staff saw a letter's content, or took it out."""

    id: UUID
    letter_id: UUID
    at: datetime
    by: str
    use: LetterUse
    use_label: str


class Contact(Strict):
    """A writer's phone number or e-mail address, exactly one of them."""

    phone: Phone | None = None
    email: EMail | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.phone is None) == (self.email is None):
            raise ValueError("请填写电话或电子邮箱其中一项。")
        return self


class ErasureReason(Strict):
    """Why a letter is to be erased; kept sealed, and erased with it."""

    reason: Reason


class ErasureDecision(Strict):
    """Whether a letter is erased."""

    erase: bool
    reason: Reason | None = Field(default=None, description="Needed to refuse; told the writer.")


class ErasureRequest(BaseModel):
    """A request to erase what a letter says and who wrote it."""

    id: UUID
    letter_id: UUID
    number: str
    site_code: str
    state: ErasureState
    state_label: str
    asked_at: datetime
    asked_by: str = Field(description="Who of the staff, or `writer`.")
    decided_at: datetime | None
    decided_by: str | None
    version: int


class HeldAnswer(BaseModel):
    """An answer the writer was given."""

    text: str
    answered_at: datetime


class HeldAccess(BaseModel):
    """That the staff saw the letter: when and why, not who."""

    at: datetime
    use_label: str


class LetterRecord(BaseModel):
    """All that is held of one letter and its writer."""

    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    state: LetterState
    state_label: str
    may_publish: bool
    published_on: date | None
    received_on: date
    due_on: date
    title: str
    text: str
    writer_name: str
    writer_phone: str | None
    writer_email: str | None
    answers: list[HeldAnswer]
    attachments: list[Attachment] = Field(description="Their bytes are read one by one.")
    timeline: list[TimelineEntry]
    accesses: list[HeldAccess]


class LetterOpened(Event, type="interaction.letter.opened", subject="letter_id"):
    """Somebody of the staff saw what a citizen wrote, found it by contact, or took it out."""

    letter_id: UUID
    number: str
    site_code: str
    use: LetterUse


class ErasureAsked(Event, type="interaction.erasure.asked", subject="letter_id"):
    """Somebody asks that a letter be erased."""

    letter_id: UUID
    number: str
    site_code: str
    request_id: UUID
    by_writer: bool


class ErasureRefused(Event, type="interaction.erasure.refused", subject="letter_id"):
    """A letter is kept although somebody asked to erase it."""

    letter_id: UUID
    number: str
    site_code: str
    request_id: UUID


class LetterErased(Event, type="interaction.letter.erased", subject="letter_id"):
    """A letter's key was destroyed; that it was there and when it was answered is left."""

    letter_id: UUID
    number: str
    site_code: str
    by_rule: bool = Field(description="Its time of retention was over; nobody asked.")


class LetterKeysRewrapped(Event, type="interaction.letter_keys.rewrapped", subject="key"):
    """Keys of letters were wrapped by the present key of the mailbox."""

    key: str = Field(description="The name of the present key, which tells nothing of it.")
    letters: int
