"""Telling writers that there is news: what waits to be sent, and never whom to."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field


class Occasion(StrEnum):
    """What a writer is told of."""

    ANSWERED = "answered"
    SUPPLEMENTED = "supplemented"


class Medium(StrEnum):
    """By which of the ways the writer left they are told."""

    PHONE = "phone"
    EMAIL = "email"


class NotificationState(StrEnum):
    """Whether a notification went out; as long as no provider is connected, none does."""

    PENDING = "pending"


class WriterNotification(BaseModel):
    """A notification that its writer is owed."""

    id: UUID
    letter_id: UUID
    number: str
    occasion: Occasion
    medium: Medium
    state: NotificationState
    state_label: str = Field(examples=["待发送"])
    queued_at: datetime
