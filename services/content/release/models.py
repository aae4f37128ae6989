"""Tables of the release capability: what the public reads, as bytes ready to send."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Computed, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.content import ChangeAct, ItemKind
from shared.contracts.item_text import InterpretationForm
from shared.ids import new_id


class Release(Base):
    """One act of making items public: all of them at one instant, under one number."""

    __tablename__ = "releases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(unique=True)
    released_by: Mapped[str]
    released_at: Mapped[datetime]


class Live(Base):
    """An item as the public reads it now."""

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
    content_hash: Mapped[str]
    release_seq: Mapped[int] = mapped_column(default=0)
    first_public_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    url: Mapped[str]
    interprets_id: Mapped[UUID | None] = mapped_column(index=True)
    origin_site_code: Mapped[str | None]
    origin_item_id: Mapped[UUID | None]
    origin_url: Mapped[str | None]
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
        Index("ix_live_newest", "first_public_at", "item_id"),
        Index("ix_live_kind", "kind", "first_public_at", "item_id"),
        Index("ix_live_source", "source", "first_public_at", "item_id"),
        Index("ix_live_subject", "subject", postgresql_ops={"subject": "text_pattern_ops"}),
        Index(
            "ix_live_keywords",
            "keywords",
            postgresql_using="gin",
            postgresql_ops={"keywords": "jsonb_path_ops"},
        ),
        Index("ix_live_listed", "site_code", "first_public_at", "item_id"),
        Index("ix_live_column", "column_id", "first_public_at", "item_id"),
        Index(
            "ix_live_topic",
            "topic_id",
            "first_public_at",
            "item_id",
            postgresql_where=text("topic_id IS NOT NULL AND origin_item_id IS NULL"),
        ),
        Index("ix_live_tokens", "tokens", postgresql_using="gin"),
        Index(
            "uq_live_origin",
            "origin_item_id",
            "site_code",
            unique=True,
            postgresql_where=text("origin_item_id IS NOT NULL"),
        ),
    )


class Change(Base):
    """One step of the public state, in the order everyone sees it; rows are never changed.

    It keeps no text: what was withdrawn or replaced must not be read here.
    """

    __tablename__ = "changes"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    act: Mapped[ChangeAct]
    site_code: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_changes_site", "site_code", "seq"),)
