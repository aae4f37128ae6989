"""Who submitted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a252059ea2cb"
down_revision: str | Sequence[str] | None = "e47f6aefc9d4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("items", sa.Column("submitted_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("items", "submitted_by")
