"""Requests to the hub, and who follows which feed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b7d2e94c1a60"
down_revision: str | Sequence[str] | None = "5d2e8f41b07c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "hub_requests",
        *_of_callback(),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("lease_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_requests")),
        sa.UniqueConstraint("topic", "callback", name=op.f("uq_hub_requests_topic_callback")),
    )
    op.create_index(op.f("ix_hub_requests_due_at"), "hub_requests", ["due_at"], unique=False)
    op.create_index("ix_hub_requests_host", "hub_requests", ["host"], unique=False)
    op.create_table(
        "followers",
        *_of_callback(),
        sa.Column("follows_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received", sa.String(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followers")),
        sa.UniqueConstraint("topic", "callback", name=op.f("uq_followers_topic_callback")),
    )
    op.create_index(op.f("ix_followers_due_at"), "followers", ["due_at"], unique=False)
    op.create_index("ix_followers_site", "followers", ["site_code"], unique=False)
    op.create_index("ix_followers_column", "followers", ["column_id"], unique=False)
    op.create_index("ix_followers_host", "followers", ["host", "due_at"], unique=False)
    op.create_index(
        "ix_followers_leased",
        "followers",
        ["host"],
        unique=False,
        postgresql_where=sa.text("leased_until IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("followers")
    op.drop_table("hub_requests")


def _of_callback() -> Sequence[sa.Column[object]]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=True),
        sa.Column("column_id", sa.Uuid(), nullable=True),
        sa.Column("callback", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
    )
