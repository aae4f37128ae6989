"""Surveys, consultations and interviews, as far as they become content."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from shared.events import Event


class ParticipationKind(StrEnum):
    """By which way the public takes part."""

    SURVEY = "survey"
    CONSULTATION = "consultation"
    INTERVIEW = "interview"


class ParticipationMoment(StrEnum):
    """Whether the public is told that something opens, or what came of it."""

    ANNOUNCED = "announced"
    RESULT = "result"


class ParticipationTold(Event, type="interaction.participation.told", subject="subject_id"):
    """A survey, consultation or interview has something to say; it becomes a draft, never more."""

    subject_id: UUID
    kind: ParticipationKind
    moment: ParticipationMoment
    site_code: str
    title: str
    paragraphs: list[str] = Field(description="Plain text in Chinese, without personal data.")
    source: str | None = Field(default=None, description="The unit that tells it, by full name.")
    source_url: str | None = Field(default=None, description="Where the public takes part.")
    author: str | None = Field(
        default=None,
        description="Who wrote it, and so may not review it; whoever told it unless named.",
    )
