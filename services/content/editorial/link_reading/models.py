"""Tables of what is known of links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.dead_links import LinkFound
from shared.ids import new_id
from shared.schedule import Due


class LinkHost(Due, Base):
    """A host that texts lead to; it is due, not its links, so that nobody asks it too often."""

    __tablename__ = "link_hosts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str] = mapped_column(unique=True)
    rests_until: Mapped[datetime | None]


class LinkReading(Base):
    """An address some text leads to, and what its readings found."""

    __tablename__ = "link_readings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    url: Mapped[str] = mapped_column(unique=True)
    host: Mapped[str]
    due_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    found: Mapped[LinkFound | None]
    status: Mapped[int | None]
    dead_from: Mapped[datetime | None]
    times_dead: Mapped[int] = mapped_column(default=0, server_default="0")
    confirmed_at: Mapped[datetime | None]
    cause: Mapped[LinkFound | None]
    cause_status: Mapped[int | None]

    __table_args__ = (
        Index("ix_link_readings_due", "host", "due_at"),
        Index("ix_link_readings_answered_at", "answered_at"),
        Index(
            "ix_link_readings_dead",
            "dead_from",
            "id",
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
    )


class LinkUse(Base):
    """That an item's present text leads to an address."""

    __tablename__ = "link_uses"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(
        ForeignKey("link_readings.id", ondelete="CASCADE"), primary_key=True, index=True
    )
