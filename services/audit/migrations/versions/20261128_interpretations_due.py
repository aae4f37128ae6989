"""interpretations due."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "7c1d90be42f6"
down_revision: str | Sequence[str] | None = "4f1fa2a1e897"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("publications", sa.Column("interpretation_due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("publications", "interpretation_due_on")
