"""Letters come by channels, may be held, and are let in by proofs of work."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "6b0e2f4d8c13"
down_revision: str | Sequence[str] | None = "6e15676de724"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "letters", sa.Column("channel", sa.String(length=32), server_default="web", nullable=False)
    )
    op.alter_column("wrong_codes", "number", new_column_name="against")
    op.create_table(
        "used_proofs",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_proofs")),
    )
    op.create_index(op.f("ix_used_proofs_until"), "used_proofs", ["until"])
    op.create_table(
        "letter_arrival_marks",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "at", "letter_id", name=op.f("pk_letter_arrival_marks")),
    )
    op.create_index(op.f("ix_letter_arrival_marks_at"), "letter_arrival_marks", ["at"])
    op.create_table(
        "letter_holds",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_by", sa.String(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_holds_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_holds")),
    )
    op.create_table(
        "letter_entries",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writer_identity", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_entries_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_entries")),
    )


def downgrade() -> None:
    for table in ("letter_entries", "letter_holds", "letter_arrival_marks", "used_proofs"):
        op.drop_table(table)
    op.execute("DELETE FROM wrong_codes")
    op.alter_column("wrong_codes", "against", new_column_name="number")
    op.drop_column("letters", "channel")
