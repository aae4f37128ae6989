"""Keep answers as they are sent, and long fields apart from those that are counted by."""

from collections.abc import Sequence

from alembic import op

revision: str = "3d9a51c07be2"
down_revision: str | Sequence[str] | None = "7c2f90b1d3e8"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _keep("EXTERNAL")
    op.execute("ALTER TABLE live SET (toast_tuple_target = 1024)")


def downgrade() -> None:
    op.execute("ALTER TABLE live RESET (toast_tuple_target)")
    _keep("EXTENDED")


def _keep(how: str) -> None:
    long = ("answer", "body", "body_tokens", "tokens")
    kept = ", ".join(f"ALTER COLUMN {name} SET STORAGE {how}" for name in long)
    op.execute(f"ALTER TABLE live {kept}")
