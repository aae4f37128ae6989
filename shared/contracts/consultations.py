"""Consultations: a draft before the public, its opinions, and what became of each.

No event and no public view holds who said something, or anything that was not approved.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.consulting import AdoptionDecision, ConsultationKind
from shared.contracts.voices import OpenedVoice, Voice, VoiceState, VoiceStatus
from shared.events import Event


class ConsultationState(StrEnum):
    """How far a consultation is; it is closed by the publication of its report and not before."""

    PREPARED = "prepared"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


class PublicConsultation(BaseModel):
    """A consultation as everyone may read of it."""

    id: UUID
    site_code: str
    kind: ConsultationKind
    kind_label: str
    organization_name: str
    title: str
    explanation: str
    opens_on: date
    closes_on: date
    shortened_because: str | None = None
    page_url: str | None = None
    state: ConsultationState
    state_label: str
    report_due_on: date | None = Field(default=None, description="Known once it has ended.")
    report: str | None = None
    reported_at: datetime | None = None


class DraftParagraph(BaseModel):
    """A paragraph of the draft, and how many approved opinions are about it."""

    number: int
    text: str
    opinions: int


class OpenedConsultation(PublicConsultation):
    """A consultation with its draft, and how many opinions may be read."""

    paragraphs: list[DraftParagraph]
    opinions: int = Field(description="Approved ones, about paragraphs and about the whole.")


class PublicAnswer(BaseModel):
    """What became of opinions that say alike."""

    id: UUID
    decision: AdoptionDecision
    decision_label: str
    gist: str
    reason: str
    opinions: int


class OpinionAnswer(BaseModel):
    """What became of one opinion."""

    decision: AdoptionDecision
    decision_label: str
    reason: str


class PublicOpinion(BaseModel):
    """An approved opinion, masked; answered once the report is public."""

    id: UUID
    number: str
    paragraph: int | None = None
    text: str
    received_on: date
    answer: OpinionAnswer | None = None


class OpinionStatus(VoiceStatus):
    """What became of an opinion, for whoever has its code."""

    consultation_id: UUID
    title: str
    paragraph: int | None = None
    answer: OpinionAnswer | None = None


class Consultation(PublicConsultation):
    """A consultation as those who hold it work on it."""

    organization: str
    paragraphs: list[str]
    prepared_by: str
    opened_by: str | None = None
    opened_at: datetime | None = None
    report_provisional: bool | None = Field(
        default=None, description="The day may move: its year has no holiday notice yet."
    )
    drafted_report: str | None = Field(
        default=None, description="As written; everyone reads it once it was published."
    )
    report_by: str | None = None
    reported_by: str | None = None
    version: int


class Opinion(Voice):
    """An opinion, without who gave it."""

    consultation_id: UUID
    paragraph: int | None = None
    answer_id: UUID | None = None


class OpenedOpinion(OpenedVoice):
    """An opinion as those who moderate open it."""

    consultation_id: UUID
    paragraph: int | None = None
    answer_id: UUID | None = None


class ConsultationAnswer(PublicAnswer):
    """What becomes of opinions that say alike, as those who answer work on it."""

    consultation_id: UUID
    answered_by: str
    version: int


class ConsultationPrepared(
    Event, type="interaction.consultation.prepared", subject="consultation_id"
):
    """A draft was prepared to be put before the public, or prepared otherwise."""

    consultation_id: UUID
    site_code: str
    kind: ConsultationKind


class ConsultationOpened(Event, type="interaction.consultation.opened", subject="consultation_id"):
    """Another person let a consultation begin."""

    consultation_id: UUID
    site_code: str
    kind: ConsultationKind
    opens_on: date
    closes_on: date
    shortened: bool


class ConsultationEnded(Event, type="interaction.consultation.ended", subject="consultation_id"):
    """No more opinions are taken in; what became of them is owed by a day."""

    consultation_id: UUID
    site_code: str
    report_due_on: date
    report_provisional: bool


class ReportDueChanged(
    Event, type="interaction.consultation.report_due_changed", subject="consultation_id"
):
    """A holiday notice moved the day by which a report is owed, or made it certain."""

    consultation_id: UUID
    site_code: str
    before: date
    report_due_on: date
    report_provisional: bool


class ReportOverdue(
    Event, type="interaction.consultation.report_overdue", subject="consultation_id"
):
    """The day by which a report was owed passed without one; said once."""

    consultation_id: UUID
    site_code: str
    report_due_on: date


class ReportWritten(
    Event, type="interaction.consultation.report_written", subject="consultation_id"
):
    """Somebody wrote what came of a consultation; another person is to publish it."""

    consultation_id: UUID
    site_code: str


class ConsultationClosed(Event, type="interaction.consultation.closed", subject="consultation_id"):
    """The report is public: every approved opinion was answered."""

    consultation_id: UUID
    site_code: str
    opinions: int
    adopted: int
    partly: int
    not_adopted: int
    late: bool


class OpinionReceived(Event, type="interaction.opinion.received", subject="opinion_id"):
    """Somebody said what they think; nobody may read it yet."""

    opinion_id: UUID
    consultation_id: UUID
    number: str
    paragraph: int | None


class OpinionModerated(Event, type="interaction.opinion.moderated", subject="opinion_id"):
    """An opinion may be read by all, or not."""

    opinion_id: UUID
    consultation_id: UUID
    number: str
    state: VoiceState


class OpinionsAnswered(
    Event, type="interaction.consultation.opinions_answered", subject="consultation_id"
):
    """It was decided what becomes of some opinions; public with the report."""

    consultation_id: UUID
    answer_id: UUID
    decision: AdoptionDecision
    opinions: int
