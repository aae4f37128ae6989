"""Tables of clocks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.clocks.deadlines import Owed, standing
from services.interaction.mailbox.clocks.terms.models import SiteTerms
from services.interaction.mailbox.letters.models import Letter, word
from shared.contracts.letter_clocks import LetterClockState, LetterClockStep
from shared.ids import new_id
from shared.schedule import Due


class LetterClock(Due, Base):
    """By when one step is owed to a letter; due at the next thing that is said of it.

    Whoever changes it holds its letter, but for the worker that only says something.
    """

    __tablename__ = "letter_clocks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    letter: Mapped[Letter] = relationship(lazy="raise")
    terms_id: Mapped[UUID] = mapped_column(ForeignKey("letter_terms.id"))
    terms: Mapped[SiteTerms] = relationship(lazy="raise")
    step: Mapped[LetterClockStep] = mapped_column(word(LetterClockStep))
    round: Mapped[int]
    started_at: Mapped[datetime]
    since: Mapped[date]
    days: Mapped[int | None]
    extended: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar_version: Mapped[str | None]
    explanation: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    met_on: Mapped[date | None]
    waived_on: Mapped[date | None]
    said: Mapped[list[str]] = mapped_column(default=list)

    __table_args__ = (
        UniqueConstraint("letter_id", "step", "round"),
        Index(
            "ix_letter_clocks_running",
            "id",
            postgresql_where=text("met_on IS NULL AND waived_on IS NULL AND due_on IS NOT NULL"),
        ),
    )

    def owe(self, owed: Owed) -> None:
        """Take over by when the step is owed, and how that was counted."""
        self.since, self.days, self.extended = owed.since, owed.days, owed.extended
        self.met_on, self.waived_on = owed.met_on, owed.waived_on
        if deadline := owed.deadline:
            self.due_on, self.provisional = deadline.date, deadline.provisional
            self.calendar_version = deadline.calendar_version
            self.explanation = [day.model_dump(mode="json") for day in deadline.explanation]

    def state(self, today: date) -> LetterClockState:
        """Say how the clock stands."""
        return standing(self.due_on, self.met_on, self.waived_on, today)

    @property
    def open(self) -> bool:
        """Whether the step is still owed."""
        return self.met_on is None and self.waived_on is None
