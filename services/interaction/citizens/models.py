"""The table of wrong query codes."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base


class WrongCodes(Base):
    """Wrong query codes shown for a number, whether it exists or not, or from a place."""

    __tablename__ = "wrong_codes"

    against: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)
