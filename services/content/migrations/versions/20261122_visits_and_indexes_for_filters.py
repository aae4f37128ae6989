"""Visits, and indexes for filters."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "91ccc1f6cf6d"
down_revision: str | Sequence[str] | None = "a252059ea2cb"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "day", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_site", "visits", ["site_code", "day"], unique=False)
    op.create_index("ix_changes_site", "changes", ["site_code", "seq"], unique=False)
    op.create_index(
        "ix_live_keywords",
        "live",
        ["keywords"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"keywords": "jsonb_path_ops"},
    )
    op.create_index("ix_live_kind", "live", ["kind", "first_public_at", "item_id"], unique=False)
    op.create_index("ix_live_newest", "live", ["first_public_at", "item_id"], unique=False)
    op.create_index(
        "ix_live_source", "live", ["source", "first_public_at", "item_id"], unique=False
    )
    op.create_index(
        "ix_live_subject",
        "live",
        ["subject"],
        unique=False,
        postgresql_ops={"subject": "text_pattern_ops"},
    )


def downgrade() -> None:
    op.drop_index(
        "ix_live_subject", table_name="live", postgresql_ops={"subject": "text_pattern_ops"}
    )
    op.drop_index("ix_live_source", table_name="live")
    op.drop_index("ix_live_newest", table_name="live")
    op.drop_index("ix_live_kind", table_name="live")
    op.drop_index(
        "ix_live_keywords",
        table_name="live",
        postgresql_using="gin",
        postgresql_ops={"keywords": "jsonb_path_ops"},
    )
    op.drop_index("ix_changes_site", table_name="changes")
    op.drop_index("ix_visits_site", table_name="visits")
    op.drop_table("visits")
