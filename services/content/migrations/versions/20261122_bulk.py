"""Bulk: imports, what they called things, and who vouches for imported texts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "7c2f90b1d3e8"
down_revision: str | Sequence[str] | None = "0df61b91a935"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("vouched_by", sa.String(), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_table(
        "imported_ids",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "type",
            sa.Enum("site", "column", "item", name="imported", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("legacy_id", sa.String(), nullable=False),
        sa.Column("own_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("former_index_no", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_imported_ids_import_id")
        ),
        sa.PrimaryKeyConstraint("source", "type", "legacy_id", name=op.f("pk_imported_ids")),
    )
    op.create_index(op.f("ix_imported_ids_own_id"), "imported_ids", ["own_id"], unique=False)
    op.add_column("items", sa.Column("vouched_by", sa.String(), nullable=True))
    op.add_column("items", sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("items", sa.Column("vouched_hash", sa.String(), nullable=True))


def downgrade() -> None:
    for name in ("vouched_hash", "vouched_at", "vouched_by"):
        op.drop_column("items", name)
    op.drop_index(op.f("ix_imported_ids_own_id"), table_name="imported_ids")
    op.drop_table("imported_ids")
    op.drop_table("imports")
