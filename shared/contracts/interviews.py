"""Interviews: announced, held before the public as a live transcript, and kept as a record.

No event and no public view holds who asked something, or a question that was not approved.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.interviewing import Guest, Speaker
from shared.contracts.voices import OpenedVoice, Voice, VoiceState, VoiceStatus
from shared.events import Event


class InterviewState(StrEnum):
    """How far an interview is."""

    PREPARED = "prepared"
    ANNOUNCED = "announced"
    LIVE = "live"
    ENDED = "ended"
    PUBLISHED = "published"


class InterviewGuest(Guest):
    """A guest, as told."""


class PublicInterview(BaseModel):
    """An interview as everyone may read of it."""

    id: UUID
    site_code: str
    organization_name: str
    title: str
    introduction: str
    guests: list[InterviewGuest]
    starts_at: datetime
    ends_at: datetime
    page_url: str | None = None
    state: InterviewState
    state_label: str
    published_at: datetime | None = Field(default=None, description="When its record was.")


class AskedQuestion(BaseModel):
    """The question that something answers, masked."""

    id: UUID
    text: str | None = None


class TranscriptEntry(BaseModel):
    """What was said; never changed, but it may be replaced by a later entry."""

    sequence: int
    at: datetime
    speaker: Speaker
    name: str | None = None
    post: str | None = None
    text: str | None = Field(description="None once it was replaced.")
    question: AskedQuestion | None = None
    replaces: int | None = None
    replaced_by: int | None = None


class StreamClosed(BaseModel):
    """Why a stream ends: the interview is over, or nothing was said for long."""

    state: InterviewState


class PublicQuestion(BaseModel):
    """An approved question, masked."""

    id: UUID
    number: str
    text: str
    answered_in: int | None = Field(default=None, description="The entry that answers it.")


class QuestionStatus(VoiceStatus):
    """What became of a question, for whoever has its code."""

    interview_id: UUID
    title: str
    answered_in: int | None = None


class Interview(PublicInterview):
    """An interview as those who hold it work on it."""

    organization: str
    prepared_by: str
    announced_by: str | None = None
    announced_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    published_by: str | None = None
    version: int


class InterviewQuestion(Voice):
    """A question, without who asked it."""

    interview_id: UUID
    answered_in: int | None = None


class OpenedQuestion(OpenedVoice):
    """A question as those who moderate open it."""

    interview_id: UUID
    answered_in: int | None = None


class InterviewPrepared(Event, type="interaction.interview.prepared", subject="interview_id"):
    """An interview was prepared, or prepared otherwise."""

    interview_id: UUID
    site_code: str


class InterviewAnnounced(Event, type="interaction.interview.announced", subject="interview_id"):
    """Another person let an interview be announced; questions are taken in."""

    interview_id: UUID
    site_code: str
    starts_at: datetime


class InterviewStarted(Event, type="interaction.interview.started", subject="interview_id"):
    """The interview is live."""

    interview_id: UUID
    site_code: str


class TranscriptEntered(
    Event, type="interaction.interview.transcript_entered", subject="interview_id"
):
    """Something was said, or corrected."""

    interview_id: UUID
    sequence: int
    speaker: Speaker
    question_id: UUID | None
    replaces: int | None


class InterviewEnded(Event, type="interaction.interview.ended", subject="interview_id"):
    """No more is said."""

    interview_id: UUID
    site_code: str
    entries: int


class InterviewPublished(Event, type="interaction.interview.published", subject="interview_id"):
    """Another person published the record."""

    interview_id: UUID
    site_code: str
    questions: int
    answered: int


class QuestionReceived(Event, type="interaction.question.received", subject="question_id"):
    """Somebody asked; nobody may read it yet."""

    question_id: UUID
    interview_id: UUID
    number: str


class QuestionModerated(Event, type="interaction.question.moderated", subject="question_id"):
    """A question may be read by all, or not."""

    question_id: UUID
    interview_id: UUID
    number: str
    state: VoiceState
