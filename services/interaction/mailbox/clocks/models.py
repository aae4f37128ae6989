"""Tables of clocks."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from shared.schedule import Due


class LetterClock(Due, Base):
    """When a letter becomes overdue; none once it is answered or that has been said."""

    __tablename__ = "letter_clocks"

    id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
