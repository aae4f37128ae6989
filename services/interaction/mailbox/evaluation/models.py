"""Tables of evaluation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.evaluation.evaluating import SATISFACTION
from services.interaction.mailbox.letters.models import word
from shared.contracts.letters import Satisfaction
from shared.ids import new_id


class Evaluation(Base):
    """What a writer said of one answer, or that nothing was said in time."""

    __tablename__ = "letter_evaluations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    round: Mapped[int]
    number: Mapped[str]
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    organization: Mapped[str]
    satisfaction: Mapped[Satisfaction] = mapped_column(word(Satisfaction))
    solved: Mapped[bool | None]
    by_default: Mapped[bool]
    evaluated_at: Mapped[datetime]
    sealed_comment: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("letter_id", "round"),
        Index(None, "sponsoring", "id"),
    )

    @property
    def satisfaction_label(self) -> str:
        """The satisfaction in Chinese."""
        return SATISFACTION[self.satisfaction]


class EvaluationLink(Base):
    """A link by which one answer is evaluated once, kept as a digest."""

    __tablename__ = "evaluation_links"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    round: Mapped[int]
    expires_on: Mapped[date]
