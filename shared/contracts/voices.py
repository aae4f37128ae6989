"""What the public hands in to a consultation or an interview, as far as both are alike."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.following import Receipt
from shared.contracts.text import Line, Prose, Reason, Strict
from shared.contracts.writing import EMail, Phone
from shared.events import Event

VoiceNumber = Annotated[
    str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$", examples=["3403000006-20260302-y7kqf2m3n-17"])
]
"""Site, day, a mark by chance, and two check digits (ISO 7064 MOD 97-10)."""


class VoiceState(StrEnum):
    """Whether what somebody handed in may be read by all."""

    HELD = "held"
    APPROVED = "approved"
    DECLINED = "declined"


class NewVoice(Strict):
    """What somebody says, and who they are if they wish to say so; kept sealed."""

    text: Annotated[Prose, Field(max_length=5_000)]
    name: Annotated[Line, Field(max_length=50)] | None = None
    phone: Phone | None = None
    email: EMail | None = None


class VoiceReceipt(Receipt):
    """What a participant keeps: with number and query code they learn what became of it."""

    received_on: date


class ModerationAct(StrEnum):
    """What whoever moderates decides."""

    APPROVE = "approve"
    DECLINE = "decline"


class Moderation(Strict):
    """A decision about what somebody handed in."""

    act: ModerationAct
    reason: Reason | None = Field(
        default=None, description="Needed to decline; told to the participant alone."
    )

    @model_validator(mode="after")
    def explain_decline(self) -> Self:
        """Refuse to decline without a word."""
        if self.act is ModerationAct.DECLINE and not self.reason:
            raise PydanticCustomError("reason_missing", "To decline needs a reason.")
        return self


class Voice(BaseModel):
    """What was handed in, without who did."""

    id: UUID
    number: str
    received_on: date
    state: VoiceState
    state_label: str
    shown: str | None = Field(default=None, description="The masked rendition everyone may read.")
    moderated_by: str | None = None
    moderated_at: datetime | None = None
    version: int


class OpenedVoice(Voice):
    """What was handed in as those who moderate open it."""

    text: str
    masked: str = Field(description="As everyone would read it.")
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    reason: str | None = Field(default=None, description="Why it was declined.")


class VoiceKeysRewrapped(Event, type="interaction.voice_keys.rewrapped", subject="key"):
    """Keys of opinions or questions were wrapped by the present key of the service."""

    key: str = Field(description="The name of the present key, which tells nothing of it.")
    voices: int


class VoiceStatus(BaseModel):
    """What became of it, as far as moderation goes, for whoever has its code."""

    number: str
    received_on: date
    state: VoiceState
    state_label: str
    reason: str | None = Field(default=None, description="Why it was declined.")
