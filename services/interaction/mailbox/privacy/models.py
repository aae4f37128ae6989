"""Tables of privacy."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from services.interaction.mailbox.privacy.erasing import STATES
from shared.contracts.privacy import ErasureState
from shared.ids import new_id


class Erasure(Base):
    """A request to erase a letter, and what was decided; its reasons go with the letter."""

    __tablename__ = "letter_erasures"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    number: Mapped[str]
    site_code: Mapped[str]
    sponsoring: Mapped[str] = mapped_column(index=True)
    state: Mapped[ErasureState] = mapped_column(word(ErasureState))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "ix_letter_erasures_waiting",
            "letter_id",
            unique=True,
            postgresql_where=text("state = 'asked'"),
        ),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
