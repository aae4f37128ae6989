"""Readdressing: which sites' public items follow a new domain, and whose reposts name it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c41d7e0a95b2"
down_revision: str | Sequence[str] | None = "3d9a51c07be2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "readdressings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readdressings")),
        sa.UniqueConstraint("site_code", name=op.f("uq_readdressings_site_code")),
    )
    op.create_index(op.f("ix_readdressings_due_at"), "readdressings", ["due_at"], unique=False)
    op.create_index(op.f("ix_live_origin_site_code"), "live", ["origin_site_code"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_live_origin_site_code"), table_name="live")
    op.drop_index(op.f("ix_readdressings_due_at"), table_name="readdressings")
    op.drop_table("readdressings")
