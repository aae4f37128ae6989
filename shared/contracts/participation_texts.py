"""What participation asks content to publish, and what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import ItemKind
from shared.contracts.participation import ParticipationKind, ParticipationMoment
from shared.contracts.text import Line, Reason, Strict
from shared.events import Event


class TextState(StrEnum):
    """What became of a text of participation."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    DISMISSED = "dismissed"


class ParticipationText(BaseModel):
    """The announcement or the result of a survey, consultation or interview."""

    id: UUID
    subject_id: UUID = Field(description="The survey, consultation or interview itself.")
    kind: ParticipationKind
    moment: ParticipationMoment
    site_code: str
    title: str
    paragraphs: list[str]
    source: str | None = None
    source_url: str | None = None
    author: str
    told_at: datetime
    state: TextState
    message: str | None = Field(default=None, description="Why it is where it is, in Chinese.")
    item_id: UUID | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    version: int


class TextAcceptance(Strict):
    """Where a text is to stand as a draft."""

    kind: ItemKind
    column_id: UUID
    title: Line | None = Field(default=None, description="Needed where its own is too long.")


class TextDismissal(Strict):
    """Why nothing is made of a text."""

    reason: Reason


class ParticipationTextSettled(
    Event, type="content.participation_text.settled", subject="subject_id"
):
    """A text of participation became a draft, waits for a person, or was dismissed."""

    text_id: UUID
    subject_id: UUID
    kind: ParticipationKind
    moment: ParticipationMoment
    site_code: str
    state: TextState
    item_id: UUID | None = None
