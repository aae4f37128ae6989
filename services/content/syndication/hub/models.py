"""Tables of what callbacks asked of the hub, and of those that follow a feed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from services.content.syndication.hub.topic import Topic
from shared.contracts.hub import HubMode
from shared.ids import new_id
from shared.schedule import Due


class OfCallback:
    """Mixin of a row about a callback and a feed that it follows, or is to follow."""

    topic: Mapped[str]
    site_code: Mapped[str | None]
    column_id: Mapped[UUID | None]
    callback: Mapped[str]
    host: Mapped[str]
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def feed(self) -> Topic:
        """Which feed it is about."""
        return Topic(self.topic, self.site_code, self.column_id)


class HubRequest(Due, OfCallback, Base):
    """What was asked in a callback's name; due until the callback said whether it meant it."""

    __tablename__ = "hub_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mode: Mapped[HubMode]
    lease_seconds: Mapped[int]

    __table_args__ = (UniqueConstraint("topic", "callback"), Index("ix_hub_requests_host", "host"))


class Follower(Due, OfCallback, Base):
    """A callback that follows a feed until its time is up; due when the feed has changed.

    It is told what the feed says when it is sent, so one message is enough for many changes.
    """

    __tablename__ = "followers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    follows_until: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    received: Mapped[str | None]
    failing_since: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("topic", "callback"),
        Index("ix_followers_site", "site_code"),
        Index("ix_followers_column", "column_id"),
        Index("ix_followers_host", "host", "due_at"),
        Index("ix_followers_leased", "host", postgresql_where=text("leased_until IS NOT NULL")),
    )
