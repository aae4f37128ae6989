"""diverged reposts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "5d2f8e61b7a4"
down_revision: str | Sequence[str] | None = "7c1d90be42f6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("obligations", sa.Column("diverged_at", sa.DateTime(timezone=True)))
    evidence = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("obligations", sa.Column("diverged", evidence))
    op.add_column("obligations", sa.Column("mended_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("obligations", "mended_at")
    op.drop_column("obligations", "diverged")
    op.drop_column("obligations", "diverged_at")
