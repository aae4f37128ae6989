"""The answer library: entries, and every text they had."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "8d0e5c1b7a46"
down_revision: str | Sequence[str] | None = "c70a5d18e3f2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "library_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("organization_name", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "in_use",
                "retired",
                name="libraryentrystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.Column("edition_in_use", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("retired_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_entries")),
    )
    op.create_index(
        op.f("ix_library_entries_organization"), "library_entries", ["organization"], unique=False
    )
    op.create_table(
        "library_editions",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("keywords", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("policies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("approve", "return", name="verdict", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("reviewer", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entries.id"], name=op.f("fk_library_editions_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_library_editions")),
    )
    op.create_index(
        op.f("ix_library_editions_words"),
        "library_editions",
        ["words"],
        unique=False,
        postgresql_using="gin",
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_library_editions_words"), table_name="library_editions", postgresql_using="gin"
    )
    op.drop_table("library_editions")
    op.drop_index(op.f("ix_library_entries_organization"), table_name="library_entries")
    op.drop_table("library_entries")
