"""Tables of the hosts that reposts stand on, and of the readings that prove where."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.receipts import PageFault, PageVerdict
from shared.ids import new_id
from shared.schedule import Due


class PageHost(Due, Base):
    """A host that reposts stand on; it is due, not its pages, so that nobody asks it too often."""

    __tablename__ = "page_hosts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str] = mapped_column(unique=True)
    rests_until: Mapped[datetime | None]


class PageReading(Base):
    """One reading of a page, as evidence; rows are never changed."""

    __tablename__ = "page_readings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"))
    url: Mapped[str]
    read_at: Mapped[datetime]
    verdict: Mapped[PageVerdict]
    fault: Mapped[PageFault | None]
    status: Mapped[int | None]
    seconds: Mapped[float]
    body_hash: Mapped[str | None]
    content_hash: Mapped[str | None]
    matched: Mapped[float | None]
    marks: Mapped[dict[str, Any] | None]
    differences: Mapped[list[dict[str, Any]]]

    __table_args__ = (Index("ix_page_readings_obligation", "obligation_id", "id"),)
