"""Tables of screening."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from shared.ids import new_id


class Refusal(Base):
    """Why a letter was refused, and by whom; what its writer is told stands sealed in its step."""

    __tablename__ = "letter_refusals"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Merger(Base):
    """A time in which a letter waited for another's answer."""

    __tablename__ = "letter_mergers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    by: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    __table_args__ = (
        Index(
            "ix_letter_mergers_present",
            "letter_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )
