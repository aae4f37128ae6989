"""Scopes of directives, and alarms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "b3a95c7d10e2"
down_revision: str | Sequence[str] | None = "e40b6d21c9a7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DIRECTIVES = (
    sa.Column("column_kind", sa.String(length=40), nullable=True),
    sa.Column("policy", sa.String(), nullable=True),
    sa.Column("deadline_basis", sa.String(), nullable=True),
    sa.Column("scope", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column("later_until", sa.DateTime(timezone=True), nullable=True),
    sa.Column("rule_id", sa.Uuid(), nullable=True),
)


def upgrade() -> None:
    for column in DIRECTIVES:
        op.add_column("directives", column)
    for name in ("later_until", "rule_id"):
        op.create_index(op.f(f"ix_directives_{name}"), "directives", [name], unique=False)
    op.add_column("obligations", sa.Column("own_basis", sa.String(), nullable=True))
    op.create_table(
        "alarms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_to", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_alarms_obligation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_alarms_obligation_id")),
    )
    for name in ("due_at", "escalated_to"):
        op.create_index(op.f(f"ix_alarms_{name}"), "alarms", [name], unique=False)


def downgrade() -> None:
    op.drop_table("alarms")
    op.drop_column("obligations", "own_basis")
    for name in ("rule_id", "later_until"):
        op.drop_index(op.f(f"ix_directives_{name}"), "directives")
    for column in reversed(DIRECTIVES):
        op.drop_column("directives", column.name)
