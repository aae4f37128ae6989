"""Tables of where reposts stand, and of the readings that prove it."""

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


class Claim(Base):
    """Where a site says its repost stands, and what the readings of that page found.

    Suspected is what they found since an instant without a break; judged, what two found.
    """

    __tablename__ = "claims"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), primary_key=True)
    url: Mapped[str]
    host: Mapped[str]
    follows_repost: Mapped[bool]
    claimed_by: Mapped[str]
    claimed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    suspected: Mapped[PageVerdict | None]
    suspected_since: Mapped[datetime | None]
    judged: Mapped[PageVerdict | None]
    judged_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    verdict: Mapped[PageVerdict | None]
    fault: Mapped[PageFault | None]
    status: Mapped[int | None]
    matched: Mapped[float | None]
    unread_since: Mapped[datetime | None]

    __table_args__ = (Index("ix_claims_due", "host", "due_at"),)


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
