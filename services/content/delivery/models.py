"""Tables of the delivery capability."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base


class Visits(Base):
    """How often an item was read on one day; of its readers nothing is known."""

    __tablename__ = "visits"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    site_code: Mapped[str]
    count: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_visits_site", "site_code", "day"),)
