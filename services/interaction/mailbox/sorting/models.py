"""Tables of sorting."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from services.interaction.mailbox.sorting.moving import part
from shared.contracts.sorting import LetterMoveKind, LetterPart
from shared.ids import new_id


class Move(Base):
    """A step of a letter's way through the units; the database lets none be changed."""

    __tablename__ = "letter_moves"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[LetterMoveKind] = mapped_column(word(LetterMoveKind))
    sender: Mapped[str | None]
    sender_name: Mapped[str | None]
    receiver: Mapped[str]
    receiver_name: Mapped[str | None]
    decided_for: Mapped[str]
    by: Mapped[str]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def part(self) -> LetterPart:
        """What the receiver was to do about the letter."""
        return part(self.kind)


class CoHandling(Base):
    """What one unit is asked to help with, and what it said; sealed like the letter."""

    __tablename__ = "letter_co_handlings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    organization: Mapped[str]
    organization_name: Mapped[str]
    due_on: Mapped[date]
    sealed_question: Mapped[bytes] = mapped_column(LargeBinary)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    sealed_opinion: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_by: Mapped[str | None]
    given_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("given_at IS NULL OR withdrawn_at IS NULL", "given_or_withdrawn"),
        CheckConstraint("(given_at IS NULL) = (sealed_opinion IS NULL)", "given_with_words"),
        Index(
            "ix_letter_co_handlings_open",
            "letter_id",
            "organization",
            unique=True,
            postgresql_where=text("given_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )
