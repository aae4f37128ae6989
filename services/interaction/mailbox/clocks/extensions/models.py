"""Tables of extensions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.clocks.extensions.extension import STATES
from services.interaction.mailbox.letters.models import Letter, word
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letter_extensions import ExtensionState
from shared.ids import new_id


class Extension(Base):
    """More time asked for an answer; the words are sealed with the letter's key."""

    __tablename__ = "letter_extensions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    letter: Mapped[Letter] = relationship(lazy="raise")
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("letter_clocks.id"))
    site_code: Mapped[str]
    organization: Mapped[str]
    step: Mapped[LetterClockStep] = mapped_column(word(LetterClockStep))
    days: Mapped[int]
    state: Mapped[ExtensionState] = mapped_column(
        word(ExtensionState), default=ExtensionState.ASKED
    )
    sealed_reason: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_for_writer: Mapped[bytes] = mapped_column(LargeBinary)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    due_before: Mapped[date]
    due_on: Mapped[date | None]
    sealed_ruling_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    ruled_by: Mapped[str | None]
    ruled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    number: AssociationProxy[str] = association_proxy("letter", "number")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "uq_letter_extensions_clock_id",
            "clock_id",
            unique=True,
            postgresql_where=text("state = 'asked'"),
        ),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
