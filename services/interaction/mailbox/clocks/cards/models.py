"""Tables of cards."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.clocks.cards.card import COLOURS, STATES
from services.interaction.mailbox.clocks.terms.policy import STEPS
from services.interaction.mailbox.letters.models import Letter, word
from shared.contracts.letter_cards import CardColour, CardState
from shared.contracts.letter_clocks import LetterClockStep
from shared.ids import new_id


class Card(Base):
    """A card given for a clock; what is said of it in words is sealed with the letter's key."""

    __tablename__ = "letter_cards"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("letter_clocks.id"))
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    letter: Mapped[Letter] = relationship(lazy="raise")
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    organization: Mapped[str]
    step: Mapped[LetterClockStep] = mapped_column(word(LetterClockStep))
    colour: Mapped[CardColour] = mapped_column(word(CardColour))
    state: Mapped[CardState] = mapped_column(word(CardState), default=CardState.GIVEN)
    due_on: Mapped[date]
    given_at: Mapped[datetime]
    sealed_explanation: Mapped[bytes | None] = mapped_column(LargeBinary)
    explained_by: Mapped[str | None]
    explained_at: Mapped[datetime | None]
    sealed_ruling_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    ruled_by: Mapped[str | None]
    ruled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    number: AssociationProxy[str] = association_proxy("letter", "number")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_letter_cards_letter_id", "letter_id"),
        Index("ix_letter_cards_site_code_id", "site_code", "id"),
        Index(
            "uq_letter_cards_clock_id_colour",
            "clock_id",
            "colour",
            unique=True,
            postgresql_where=text("state <> 'lifted'"),
        ),
    )

    @property
    def step_label(self) -> str:
        """The step in Chinese."""
        return STEPS[self.step]

    @property
    def colour_label(self) -> str:
        """The colour in Chinese."""
        return COLOURS[self.colour]

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
