"""Tables of upstream feeds, of how they answered, and of their entries."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.upstream_entries import EntryState, TextFrom
from shared.contracts.upstream_feeds import (
    FeedFault,
    FeedForm,
    FeedState,
    PollResult,
)
from shared.ids import new_id
from shared.schedule import Due


class UpstreamFeed(Base):
    """A feed of a higher-level site, and what its entries become, with whose authority."""

    __tablename__ = "upstream_feeds"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"), index=True)
    url: Mapped[str]
    title: Mapped[str]
    since: Mapped[datetime]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    rules: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))
    ruled_by: Mapped[str | None]
    ruled_at_organization: Mapped[str | None]
    ruled_grants: Mapped[dict[str, Any] | None]
    standing: Mapped["FeedStanding"] = relationship(lazy="raise")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "uq_upstream_feeds_url",
            "organization",
            "url",
            unique=True,
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


class FeedStanding(Due, Base):
    """How a feed answers, apart from its version, which counts what people change."""

    __tablename__ = "upstream_feed_standings"

    id: Mapped[UUID] = mapped_column(ForeignKey("upstream_feeds.id"), primary_key=True)
    host: Mapped[str] = mapped_column(index=True)
    reads_at: Mapped[str]
    state: Mapped[FeedState] = mapped_column(default=FeedState.WORKING)
    fault: Mapped[FeedFault | None]
    message: Mapped[str | None]
    form: Mapped[FeedForm | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    cursor: Mapped[str | None]
    ttl_minutes: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    newest_at: Mapped[datetime | None]
    usual_hours: Mapped[float | None]


class FeedPoll(Base):
    """One time that a feed was asked, and what came of it."""

    __tablename__ = "upstream_feed_polls"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    feed_id: Mapped[UUID] = mapped_column(ForeignKey("upstream_feeds.id"))
    at: Mapped[datetime]
    url: Mapped[str]
    result: Mapped[PollResult]
    fault: Mapped[FeedFault | None]
    message: Mapped[str | None]
    line: Mapped[int | None]
    column: Mapped[int | None]
    status: Mapped[int | None]
    seconds: Mapped[float]
    size: Mapped[int]
    seen: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    bad: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))

    __table_args__ = (Index("ix_upstream_feed_polls_feed", "feed_id", "id"),)


class UpstreamEntry(Due, Base):
    """An entry of a feed; it is due as long as its text is to be fetched or a rule carried out."""

    __tablename__ = "upstream_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    feed_id: Mapped[UUID] = mapped_column(ForeignKey("upstream_feeds.id"))
    feed: Mapped[UpstreamFeed] = relationship(lazy="raise")
    organization: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None] = mapped_column(index=True)
    author: Mapped[str | None]
    source: Mapped[str | None]
    categories: Mapped[list[str]] = mapped_column(server_default=sql("'[]'"))
    published_at: Mapped[datetime | None]
    text: Mapped[str | None]
    text_from: Mapped[TextFrom | None]
    summary: Mapped[str | None]
    doc_no: Mapped[str | None] = mapped_column(index=True)
    written_on: Mapped[date | None]
    index_no: Mapped[str | None] = mapped_column(index=True)
    digest: Mapped[str]
    hops: Mapped[list[str]] = mapped_column(server_default=sql("'[]'"))
    seen_at: Mapped[datetime]
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    message: Mapped[str | None]
    same_as: Mapped[dict[str, Any] | None]
    rule: Mapped[int | None]
    item_id: Mapped[UUID | None] = mapped_column(index=True)
    directive: Mapped[dict[str, Any] | None]
    directive_id: Mapped[UUID | None]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    changed: Mapped[bool] = mapped_column(default=False, server_default=false())
    former: Mapped[list[dict[str, Any]]] = mapped_column(server_default=sql("'[]'"))
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("feed_id", "key"),
        Index("ix_upstream_entries_feed", "feed_id", "id"),
    )
