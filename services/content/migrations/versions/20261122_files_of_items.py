"""Files of items."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0df61b91a935"
down_revision: str | Sequence[str] | None = "55bc1688326d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "live",
        sa.Column(
            "files",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column(
        "live",
        sa.Column(
            "links",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.create_index(
        "ix_live_files",
        "live",
        ["files"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"files": "jsonb_path_ops"},
    )
    op.add_column(
        "revisions",
        sa.Column(
            "images",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column(
        "revisions",
        sa.Column(
            "attachments",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column(
        "revisions",
        sa.Column(
            "recordings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column(
        "revisions",
        sa.Column(
            "links",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("revisions", "links")
    op.drop_column("revisions", "recordings")
    op.drop_column("revisions", "attachments")
    op.drop_column("revisions", "images")
    op.drop_index(
        "ix_live_files",
        table_name="live",
        postgresql_using="gin",
        postgresql_ops={"files": "jsonb_path_ops"},
    )
    op.drop_column("live", "links")
    op.drop_column("live", "files")
