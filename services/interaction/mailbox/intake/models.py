"""Tables of writing in."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base


class LastSerial(Base):
    """The serial of the latest letter a site received on a day."""

    __tablename__ = "letter_serials"

    site_code: Mapped[str] = mapped_column(primary_key=True)
    received_on: Mapped[date] = mapped_column(primary_key=True)
    serial: Mapped[int]
