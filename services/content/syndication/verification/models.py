"""Tables of the hosts that reposts stand on, of copies to be gone, and of what readings prove."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.binding import Ask
from shared.contracts.recalls import CopyState
from shared.contracts.receipts import PageFault, PageVerdict
from shared.ids import new_id
from shared.schedule import Due


class PageHost(Due, Base):
    """A host that reposts stand on; it is due, not its pages, so that nobody asks it too often."""

    __tablename__ = "page_hosts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str] = mapped_column(unique=True)
    rests_until: Mapped[datetime | None]


class Evidence:
    """Mixin of one reading of a page; rows are never changed."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
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


class PageReading(Evidence, Base):
    """One reading of a claimed page."""

    __tablename__ = "page_readings"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"))

    __table_args__ = (Index("ix_page_readings_obligation", "obligation_id", "id"),)


class Copy(Base):
    """A page that shows what was withdrawn or corrected, read until that is gone, and after.

    Without a wanted edition nothing of the item may stand there. `seen` says that a reading once
    met the text: only then does a page without it prove anything. The version counts what people
    may act upon, not every reading.
    """

    __tablename__ = "copies"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recall_id: Mapped[UUID]
    item_id: Mapped[UUID]
    wanted_hash: Mapped[str | None]
    ask: Mapped[Ask]
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str]
    issuer: Mapped[str | None]
    repost_id: Mapped[UUID | None]
    title: Mapped[str]
    source_url: Mapped[str]
    url: Mapped[str]
    host: Mapped[str]
    deadline: Mapped[datetime]
    state: Mapped[CopyState] = mapped_column(default=CopyState.OWED)
    late: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime | None]
    seen: Mapped[bool]
    due_at: Mapped[datetime | None]
    suspected: Mapped[PageVerdict | None]
    suspected_since: Mapped[datetime | None]
    judged: Mapped[PageVerdict | None]
    judged_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    verdict: Mapped[PageVerdict | None]
    fault: Mapped[PageFault | None]
    status: Mapped[int | None]
    unread_since: Mapped[datetime | None]
    certificate_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("recall_id", "site_code", "url"),
        Index("ix_copies_due", "host", "due_at"),
        Index("ix_copies_recall", "recall_id", "id"),
        Index("ix_copies_site", "site_code", "id"),
        Index(
            "ix_copies_uncertified",
            "id",
            postgresql_where=text("state = 'proved' AND certificate_id IS NULL"),
        ),
    )


class CopyReading(Evidence, Base):
    """One reading of the page of a copy."""

    __tablename__ = "copy_readings"

    copy_id: Mapped[UUID] = mapped_column(ForeignKey("copies.id"))

    __table_args__ = (Index("ix_copy_readings_copy", "copy_id", "id"),)
