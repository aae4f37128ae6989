"""Tables of interviews."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.participation.interviews.conduct import STATES
from services.interaction.participation.voices.models import Voice
from shared.contracts.interviewing import Speaker
from shared.contracts.interviews import InterviewState
from shared.ids import new_id


class Interview(Base):
    """Who answers what about, when, and how far it is."""

    __tablename__ = "interviews"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str]
    sponsoring: Mapped[str] = mapped_column(index=True)
    organization: Mapped[str]
    organization_name: Mapped[str]
    title: Mapped[str]
    introduction: Mapped[str]
    guests: Mapped[list[dict[str, Any]]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    page_url: Mapped[str | None]
    state: Mapped[InterviewState] = mapped_column(default=InterviewState.PREPARED)
    prepared_by: Mapped[str]
    announced_by: Mapped[str | None]
    announced_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("announced_by <> prepared_by", "another_person_announces"),
        CheckConstraint("published_by <> ended_by", "another_person_publishes"),
        Index(None, "site_code", "id"),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]


class Question(Voice, Base):
    """What somebody asks; only its masked rendition may be read by all."""

    __tablename__ = "interview_questions"

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"))
    answered_in: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("(state = 'approved') = (shown IS NOT NULL)", "shown_once_approved"),
        CheckConstraint("answered_in IS NULL OR state = 'approved'", "approved_before_answered"),
        Index(None, "interview_id", "state", "id"),
    )

    @property
    def text(self) -> str | None:
        """What everyone may read of it."""
        return self.shown


class TranscriptEntry(Base):
    """What was said, in order; its words stay as they are, and a later entry may replace it."""

    __tablename__ = "transcript_entries"

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    speaker: Mapped[Speaker]
    name: Mapped[str | None]
    post: Mapped[str | None]
    said: Mapped[str]
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("interview_questions.id"))
    question: Mapped[Question | None] = relationship(lazy="raise")
    replaces: Mapped[int | None]
    replaced_by: Mapped[int | None]
    entered_by: Mapped[str]

    __table_args__ = (
        CheckConstraint("replaces < sequence", "replaces_an_earlier_one"),
        CheckConstraint("replaced_by > sequence", "replaced_by_a_later_one"),
    )

    @property
    def text(self) -> str | None:
        """What everyone may read of it: nothing once something else stands in its place."""
        return None if self.replaced_by else self.said
