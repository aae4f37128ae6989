"""Tables of consultations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.participation.consultations.conduct import DECISIONS, KINDS, STATES
from services.interaction.participation.voices.models import Voice
from shared.contracts.consultations import ConsultationState
from shared.contracts.consulting import AdoptionDecision, ConsultationKind
from shared.ids import new_id
from shared.schedule import Due


class Consultation(Base):
    """A draft, when it is before the public, and how far it is."""

    __tablename__ = "consultations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str]
    sponsoring: Mapped[str] = mapped_column(index=True)
    organization: Mapped[str]
    organization_name: Mapped[str]
    kind: Mapped[ConsultationKind]
    title: Mapped[str]
    explanation: Mapped[str]
    paragraphs: Mapped[list[str]]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    shortened_because: Mapped[str | None]
    page_url: Mapped[str | None]
    state: Mapped[ConsultationState] = mapped_column(default=ConsultationState.PREPARED)
    prepared_by: Mapped[str]
    opened_by: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    report_due_on: Mapped[date | None]
    report_provisional: Mapped[bool | None]
    drafted_report: Mapped[str | None]
    report_by: Mapped[str | None]
    reported_by: Mapped[str | None]
    reported_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("opened_by <> prepared_by", "another_person_opens"),
        CheckConstraint("reported_by <> report_by", "another_person_publishes"),
        CheckConstraint(
            "(state = 'closed') = (reported_at IS NOT NULL AND drafted_report IS NOT NULL)",
            "closed_by_its_report",
        ),
        Index(None, "site_code", "id"),
    )

    @property
    def kind_label(self) -> str:
        """What is consulted on, in Chinese."""
        return KINDS[self.kind]

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def report(self) -> str | None:
        """What everyone may read came of it: nothing before it was published."""
        return self.drafted_report if self.state is ConsultationState.CLOSED else None


class ConsultationClock(Due, Base):
    """When a consultation ends, then when its report is late; none once that was said."""

    __tablename__ = "consultation_clocks"

    id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"), primary_key=True)


class Opinion(Voice, Base):
    """What somebody thinks of a draft; only its masked rendition may be read by all."""

    __tablename__ = "opinions"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"))
    paragraph: Mapped[int | None]
    answer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation_answers.id"), index=True
    )
    answer: Mapped["ConsultationAnswer | None"] = relationship(lazy="raise")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("(state = 'approved') = (shown IS NOT NULL)", "shown_once_approved"),
        CheckConstraint("answer_id IS NULL OR state = 'approved'", "approved_before_answered"),
        Index(None, "consultation_id", "state", "id"),
    )

    @property
    def text(self) -> str | None:
        """What everyone may read of it."""
        return self.shown


class ConsultationAnswer(Base):
    """What becomes of opinions that say alike; public with the report."""

    __tablename__ = "consultation_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"))
    decision: Mapped[AdoptionDecision]
    gist: Mapped[str]
    reason: Mapped[str]
    answered_by: Mapped[str]
    version: Mapped[int] = mapped_column()
    opinions: Mapped[int] = column_property(
        select(func.count(Opinion.id))
        .where(Opinion.answer_id == id)  # noqa: A003  # the column above
        .correlate_except(Opinion)
        .scalar_subquery()
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index(None, "consultation_id", "id"),)

    @property
    def decision_label(self) -> str:
        """The decision in Chinese."""
        return DECISIONS[self.decision]
