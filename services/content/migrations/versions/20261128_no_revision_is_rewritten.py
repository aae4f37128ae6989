"""No revision is rewritten."""

from collections.abc import Sequence

from alembic import op

revision: str = "5f0c3a7d9e21"
down_revision: str | Sequence[str] | None = "c61f0b7e2d94"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER revisions_are_immutable BEFORE UPDATE OR DELETE ON revisions"
        " FOR EACH ROW EXECUTE FUNCTION keep_revision()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER revisions_are_immutable ON revisions")
    op.execute("DROP FUNCTION keep_revision()")
