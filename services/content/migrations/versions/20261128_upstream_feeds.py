"""Upstream feeds, their polls and their entries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "f4640c20d597"
down_revision: str | Sequence[str] | None = "b7e4c19a52d0"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "upstream_feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "rules",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("ruled_by", sa.String(), nullable=True),
        sa.Column("ruled_at_organization", sa.String(), nullable=True),
        sa.Column("ruled_grants", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization"], ["organizations.path"], name=op.f("fk_upstream_feeds_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upstream_feeds")),
    )
    op.create_index(
        op.f("ix_upstream_feeds_organization"), "upstream_feeds", ["organization"], unique=False
    )
    op.create_index(
        "uq_upstream_feeds_url",
        "upstream_feeds",
        ["organization", "url"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "upstream_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column(
            "categories",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("text_from", sa.String(length=40), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("index_no", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "hops",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("same_as", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("rule", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("directive", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("directive_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "former",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["upstream_feeds.id"], name=op.f("fk_upstream_entries_feed_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upstream_entries")),
        sa.UniqueConstraint("feed_id", "key", name=op.f("uq_upstream_entries_feed_id_key")),
    )
    op.create_index(
        op.f("ix_upstream_entries_doc_no"), "upstream_entries", ["doc_no"], unique=False
    )
    op.create_index(
        op.f("ix_upstream_entries_due_at"), "upstream_entries", ["due_at"], unique=False
    )
    op.create_index(
        "ix_upstream_entries_feed", "upstream_entries", ["feed_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_upstream_entries_index_no"), "upstream_entries", ["index_no"], unique=False
    )
    op.create_index(
        op.f("ix_upstream_entries_item_id"), "upstream_entries", ["item_id"], unique=False
    )
    op.create_index(
        op.f("ix_upstream_entries_organization"),
        "upstream_entries",
        ["organization"],
        unique=False,
    )
    op.create_index(op.f("ix_upstream_entries_url"), "upstream_entries", ["url"], unique=False)
    op.create_table(
        "upstream_feed_polls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("column", sa.Integer(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column(
            "bad",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["upstream_feeds.id"], name=op.f("fk_upstream_feed_polls_feed_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upstream_feed_polls")),
    )
    op.create_index(
        "ix_upstream_feed_polls_feed", "upstream_feed_polls", ["feed_id", "id"], unique=False
    )
    op.create_table(
        "upstream_feed_standings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("reads_at", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("cursor", sa.String(), nullable=True),
        sa.Column("ttl_minutes", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("newest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("usual_hours", sa.Double(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["upstream_feeds.id"], name=op.f("fk_upstream_feed_standings_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upstream_feed_standings")),
    )
    op.create_index(
        op.f("ix_upstream_feed_standings_due_at"),
        "upstream_feed_standings",
        ["due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_upstream_feed_standings_host"), "upstream_feed_standings", ["host"], unique=False
    )


def downgrade() -> None:
    op.drop_table("upstream_feed_standings")
    op.drop_table("upstream_feed_polls")
    op.drop_table("upstream_entries")
    op.drop_table("upstream_feeds")
