"""Tables of writing in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from shared.contracts.letters import WriterIdentity


class LastSerial(Base):
    """The serial of the latest letter a site received on a day."""

    __tablename__ = "letter_serials"

    site_code: Mapped[str] = mapped_column(primary_key=True)
    received_on: Mapped[date] = mapped_column(primary_key=True)
    serial: Mapped[int]


class LetterMark(Base):
    """A keyed digest of what a letter shares with others, kept for as long as that counts."""

    __tablename__ = "letter_arrival_marks"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    letter_id: Mapped[UUID] = mapped_column(primary_key=True)


class Hold(Base):
    """Why a letter was held, and who has cleared it since."""

    __tablename__ = "letter_holds"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    rules: Mapped[list[str]]
    held_at: Mapped[datetime]
    cleared_by: Mapped[str | None]
    cleared_at: Mapped[datetime | None]


class Entry(Base):
    """Who entered a letter on its writer's behalf, and what is known of the writer."""

    __tablename__ = "letter_entries"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    writer_identity: Mapped[WriterIdentity] = mapped_column(word(WriterIdentity))
