"""Tables of answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from shared.contracts.content import Verdict
from shared.ids import new_id


class Answer(Base):
    """One round of answering: the draft, sealed like the letter, and what its reviewer decided."""

    __tablename__ = "letter_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    round: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer_hash: Mapped[str]
    author: Mapped[str]
    written_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    reviewer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("letter_id", "round"),)
