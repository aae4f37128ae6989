"""Tables of the release capability: what the public reads, as bytes ready to send."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.content import ChangeAct, ItemKind
from shared.contracts.item_text import InterpretationForm
from shared.contracts.origin import Fidelity
from shared.contracts.scheduling import ScheduleState
from shared.contracts.standing import ValidityState, WithdrawalKind
from shared.ids import new_id
from shared.schedule import Due


def _index_of_values(column: str) -> Index:
    operators = {column: "jsonb_path_ops"}
    return Index(f"ix_live_{column}", column, postgresql_using="gin", postgresql_ops=operators)


class Release(Base):
    """One act of making items public: all of them at one instant, under one number."""

    __tablename__ = "releases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(unique=True)
    released_by: Mapped[str]
    released_at: Mapped[datetime]


NEWEST = ("first_public_at", "item_id")
GATHERED = text("topic_id IS NOT NULL AND origin_item_id IS NULL")
LAPSING = text("effective_from IS NOT NULL")
TAKEN = text("origin_item_id IS NOT NULL")


class Live(Base):
    """An item as the public reads it now.

    Its long fields lie apart from the row, so that counting a thousand rows reads few pages.
    """

    __tablename__ = "live"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    column_id: Mapped[UUID]
    kind: Mapped[ItemKind]
    title: Mapped[str]
    body: Mapped[str]
    summary: Mapped[str | None]
    doc_no: Mapped[str | None] = mapped_column(index=True)
    written_on: Mapped[date | None]
    source: Mapped[str]
    subject: Mapped[str | None]
    genre: Mapped[str | None]
    audience: Mapped[str | None]
    keywords: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    byline: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="zh-CN")
    in_force_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    interpretation_form: Mapped[InterpretationForm | None]
    correction_note: Mapped[str | None]
    topic_id: Mapped[UUID | None]
    files: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    links: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    content_hash: Mapped[str]
    release_seq: Mapped[int] = mapped_column(default=0)
    first_public_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    url: Mapped[str]
    interprets_id: Mapped[UUID | None] = mapped_column(index=True)
    origin_site_code: Mapped[str | None] = mapped_column(index=True)
    origin_item_id: Mapped[UUID | None]
    origin_url: Mapped[str | None]
    origin_hash: Mapped[str | None]
    fidelity: Mapped[Fidelity | None]
    hops: Mapped[list[dict[str, Any]] | None]
    local_note: Mapped[str | None]
    index_no: Mapped[str | None] = mapped_column(index=True)
    stated_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    validity: Mapped[ValidityState | None]
    valid_since: Mapped[date | None]
    successor_id: Mapped[UUID | None] = mapped_column(index=True)
    successor_document: Mapped[str | None]
    answer: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    etag: Mapped[str] = mapped_column(default="")
    title_tokens: Mapped[str]
    body_tokens: Mapped[str]
    tokens: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('simple'::regconfig, title_tokens), 'A')"
            " || setweight(to_tsvector('simple'::regconfig, body_tokens), 'D')",
            persisted=True,
        ),
        deferred=True,
    )

    __table_args__ = (
        CheckConstraint("fidelity <> 'verbatim' OR content_hash = origin_hash", "verbatim"),
        *map(_index_of_values, ("files", "links", "keywords")),
        Index("ix_live_newest", "first_public_at", "item_id"),
        Index("ix_live_kind", "kind", "first_public_at", "item_id"),
        Index("ix_live_source", "source", "first_public_at", "item_id"),
        Index("ix_live_subject", "subject", postgresql_ops={"subject": "text_pattern_ops"}),
        Index("ix_live_listed", "site_code", "first_public_at", "item_id"),
        Index("ix_live_column", "column_id", "first_public_at", "item_id"),
        Index("ix_live_topic", "topic_id", *NEWEST, postgresql_where=GATHERED),
        Index("ix_live_tokens", "tokens", postgresql_using="gin"),
        Index("ix_live_effective", "effective_from", "item_id", postgresql_where=LAPSING),
        Index(
            "uq_live_origin", "origin_item_id", "site_code", unique=True, postgresql_where=TAKEN
        ),
    )
    __mapper_args__ = {"eager_defaults": False}  # the tokens never come back


class Change(Base):
    """One step of the public state, in the order everyone sees it; rows are never changed.

    It keeps no text: what was withdrawn or replaced must not be read here. Why and by whom
    something was withdrawn stays inside.
    """

    __tablename__ = "changes"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    act: Mapped[ChangeAct]
    site_code: Mapped[str]
    at: Mapped[datetime]

    kind: Mapped[WithdrawalKind | None]
    successor: Mapped[UUID | None]
    reason: Mapped[str | None]
    by: Mapped[str | None]

    __table_args__ = (Index("ix_changes_site", "site_code", "seq"),)


class Correction(Base):
    """What one text put right in the public one before it; told for ever."""

    __tablename__ = "corrections"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID]
    content_hash: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("item_id", "content_hash"),)


class StatedDate(Base):
    """An earlier date that an item bears: who said so, and why."""

    __tablename__ = "stated_dates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(index=True)
    stated_on: Mapped[date]
    reason: Mapped[str]
    stated_by: Mapped[str]
    stated_at: Mapped[datetime]


class Validity(Base):
    """One step of a policy's validity; rows are added, never changed."""

    __tablename__ = "validities"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID]
    state: Mapped[ValidityState]
    since: Mapped[date]
    successor: Mapped[UUID | None]
    document: Mapped[str | None]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    seq: Mapped[int]

    __table_args__ = (UniqueConstraint("item_id", "since", "seq"),)


class Expiry(Due, Base):
    """That a policy's last day is stated; due when that day is over."""

    __tablename__ = "expiries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(unique=True)


class Readdressing(Due, Base):
    """That a site's data changed; due until its public items stand at its domain."""

    __tablename__ = "readdressings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(unique=True)


class IndexPattern(Base):
    """How an organization, and those below it, number what they publish."""

    __tablename__ = "index_patterns"

    organization: Mapped[str] = mapped_column(primary_key=True)
    pattern: Mapped[str]
    uscc: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class IndexCounter(Base):
    """How many index numbers were given in a year by those who count together."""

    __tablename__ = "index_counters"

    counted_at: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    given: Mapped[int]


class IndexNumber(Base):
    """The number an item was given at its first release; rows are never changed."""

    __tablename__ = "index_numbers"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    index_no: Mapped[str] = mapped_column(unique=True)
    organization: Mapped[str]
    counted_at: Mapped[str]
    year: Mapped[int]
    serial: Mapped[int]
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("counted_at", "year", "serial"),)


class ScheduledItem(Base):
    """An item of a scheduled release, as it was read."""

    __tablename__ = "scheduled_items"

    schedule_id: Mapped[UUID] = mapped_column(
        ForeignKey("scheduled_releases.id"), primary_key=True
    )
    item_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    place: Mapped[int]
    sponsoring: Mapped[str]
    version: Mapped[int]
    stated_on: Mapped[date | None]
    stated_reason: Mapped[str | None]


class ScheduledRelease(Due, Base):
    """A release set for a time, with the authority it was set by; due when that has come."""

    __tablename__ = "scheduled_releases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    state: Mapped[ScheduleState] = mapped_column(default=ScheduleState.SCHEDULED)
    size: Mapped[int]
    items: Mapped[list[ScheduledItem]] = relationship(lazy="raise", order_by=ScheduledItem.place)
    scheduled_by: Mapped[str]
    scheduled_at: Mapped[datetime]
    organization: Mapped[str]
    grants: Mapped[dict[str, Any]]
    since_seq: Mapped[int]
    release_id: Mapped[UUID | None]
    released_at: Mapped[datetime | None]
    late_seconds: Mapped[float | None]
    faults: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
