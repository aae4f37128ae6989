"""More time for an answer: asked for by the unit, decided by another person at the sponsor."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.text import Reason, SiteCode, Strict
from shared.events import Event


class ExtensionState(StrEnum):
    """How far an extension is."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class ExtensionRuling(StrEnum):
    """What the sponsor decides about an extension."""

    GRANT = "grant"
    REFUSE = "refuse"


class LetterExtension(BaseModel):
    """An extension of the time a letter may be answered in."""

    id: UUID
    letter_id: UUID
    number: str
    site_code: SiteCode
    organization: str
    step: LetterClockStep
    days: int
    state: ExtensionState
    state_label: str
    reason: str | None = Field(default=None, description="None once the letter was erased.")
    for_writer: str | None = None
    asked_by: str
    asked_at: datetime
    due_before: date
    due_on: date | None = Field(description="The new day, once granted.")
    ruling_reason: str | None = None
    ruled_by: str | None = None
    ruled_at: datetime | None = None
    version: int


class NewExtension(Strict):
    """How many working days more, why, and what the writer is told of it."""

    days: int = Field(ge=1, le=90)
    reason: Reason
    for_writer: Reason = Field(description="Shown to the writer if the extension is granted.")


class ExtensionDecision(Strict):
    """Whether the sponsor grants an extension; a refusal needs a reason."""

    ruling: ExtensionRuling
    reason: Reason | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a refusal without a reason."""
        if self.ruling is ExtensionRuling.REFUSE and self.reason is None:
            raise PydanticCustomError("reason_missing", "A refusal needs a reason.")
        return self


class ExtensionAsked(Event, type="interaction.letter_extension.asked", subject="letter_id"):
    """A unit asked for more time."""

    extension_id: UUID
    letter_id: UUID
    site_code: str
    organization: str
    days: int


class ExtensionRefused(Event, type="interaction.letter_extension.refused", subject="letter_id"):
    """The sponsor gave no more time."""

    extension_id: UUID
    letter_id: UUID
    site_code: str
    organization: str


class LetterExtended(Event, type="interaction.letter.extended", subject="letter_id"):
    """A letter may be answered later, with the sponsor's approval."""

    extension_id: UUID
    letter_id: UUID
    number: str
    site_code: str
    organization: str
    days: int
    before: date
    due_on: date
    due_provisional: bool
