"""Tables of surveys; none says who answered, and none joins a response to a pass."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.participation.surveys.progress import STATES
from shared.contracts.surveys import SurveyPass, SurveyState
from shared.ids import new_id
from shared.schedule import Due


class Survey(Base):
    """A survey: whose it is, how far it is, and the text it has now."""

    __tablename__ = "surveys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(index=True)
    sponsoring: Mapped[str]
    state: Mapped[SurveyState]
    title: Mapped[str]
    answered_with: Mapped[SurveyPass]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    live_tally: Mapped[bool]
    threshold: Mapped[int]
    edition: Mapped[int]
    digest: Mapped[str]
    author: Mapped[str]
    reviewer: Mapped[str | None]
    reason: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    succeeds: Mapped[UUID | None] = mapped_column(ForeignKey("surveys.id"))
    succeeded_by: Mapped[UUID | None] = mapped_column(ForeignKey("surveys.id"))
    invited: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "(state IN ('open', 'closed')) = (opened_at IS NOT NULL)", "open_from_a_moment"
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", "closed_at_a_moment"),
        CheckConstraint("author <> reviewer", "four_eyes"),
        Index("ix_surveys_public", "opened_at", "id"),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]


class Edition(Base):
    """One text of a survey; rows are never changed."""

    __tablename__ = "survey_editions"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[dict[str, Any]]
    digest: Mapped[str]
    author: Mapped[str]
    written_at: Mapped[datetime]


class SurveyClock(Due, Base):
    """When a survey opens, and then when it closes."""

    __tablename__ = "survey_clocks"

    id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"), primary_key=True)


class PassMark(Base):
    """A pass as it is kept: an invitation that waits, or one or a device that has answered.

    Rows are gone once the survey is closed, when nothing is asked of them any more.
    """

    __tablename__ = "survey_passes"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used: Mapped[bool]


class Response(Base):
    """What somebody answered; its id is chance, so that no order tells when."""

    __tablename__ = "survey_responses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"))
    answers: Mapped[dict[str, Any]]
    sealed_texts: Mapped[bytes | None] = mapped_column(LargeBinary)
    counted: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_survey_responses_survey", "survey_id", "id"),)


class Tally(Due, Base):
    """What everyone may know of the answers; due when it may be told anew."""

    __tablename__ = "survey_tallies"

    id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    responses: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
