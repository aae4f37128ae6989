"""Channels, what is posted to them, and how each step went."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "b7e4c19a52d0"
down_revision: str | Sequence[str] | None = "c81f04e6b29d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("wechat", "weibo", name="channelkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("sender_ip", sa.String(), nullable=True),
        sa.Column("cover_id", sa.Uuid(), nullable=True),
        sa.Column("template", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column(
            "kinds",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "column_ids",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "subjects",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "words",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "on_correction",
            sa.Enum("flag", "replace", name="oncorrection", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=True),
        sa.Column("secret_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=True),
        sa.Column("token_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cover_media", sa.String(), nullable=True),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("fault_code", sa.String(), nullable=True),
        sa.Column("fault_words", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posts_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_channels_site_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    op.create_index(op.f("ix_channels_owner"), "channels", ["owner"], unique=False)
    op.create_index(op.f("ix_channels_site_code"), "channels", ["site_code"], unique=False)
    op.create_table(
        "channel_posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "submitted",
                "published",
                "failed",
                "cancelled",
                "deleted",
                "standing",
                name="poststate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ordered_by", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "under_way",
            sa.Enum(
                "draft",
                "submit",
                "share",
                "look_up",
                "poll",
                "delete",
                "drop_draft",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("cover_media", sa.String(), nullable=True),
        sa.Column("draft_id", sa.String(), nullable=True),
        sa.Column("publish_id", sa.String(), nullable=True),
        sa.Column("platform_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column(
            "unwanted",
            sa.Enum("withdrawn", "replaced", name="unwanted", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("outdated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_channel_posts_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_posts")),
    )
    op.create_index(
        "ix_channel_posts_channel", "channel_posts", ["channel_id", "id"], unique=False
    )
    op.create_index(op.f("ix_channel_posts_due_at"), "channel_posts", ["due_at"], unique=False)
    op.create_index(op.f("ix_channel_posts_item_id"), "channel_posts", ["item_id"], unique=False)
    op.create_index(
        "ix_channel_posts_open",
        "channel_posts",
        ["channel_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_channel_posts_sent", "channel_posts", ["channel_id", "sent_at"], unique=False
    )
    op.create_index(
        "uq_channel_posts_waiting",
        "channel_posts",
        ["channel_id", "item_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting' AND unwanted IS NULL"),
    )
    op.create_table(
        "channel_post_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "draft",
                "submit",
                "share",
                "look_up",
                "poll",
                "delete",
                "drop_draft",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["channel_posts.id"], name=op.f("fk_channel_post_attempts_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_post_attempts")),
    )
    op.create_index(
        op.f("ix_channel_post_attempts_post_id"),
        "channel_post_attempts",
        ["post_id"],
        unique=False,
    )


def downgrade() -> None:
    for table in ("channel_post_attempts", "channel_posts", "channels"):
        op.drop_table(table)
