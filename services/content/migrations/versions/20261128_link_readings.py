"""Link readings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c61f0b7e2d94"
down_revision: str | Sequence[str] | None = "c41d7e0a95b2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "link_hosts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_hosts")),
        sa.UniqueConstraint("host", name=op.f("uq_link_hosts_host")),
    )
    op.create_index(op.f("ix_link_hosts_due_at"), "link_hosts", ["due_at"], unique=False)
    op.create_table(
        "link_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", sa.String(length=40), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("dead_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_dead", sa.Integer(), server_default="0", nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("cause_status", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_readings")),
        sa.UniqueConstraint("url", name=op.f("uq_link_readings_url")),
    )
    op.create_index("ix_link_readings_due", "link_readings", ["host", "due_at"], unique=False)
    op.create_index("ix_link_readings_answered_at", "link_readings", ["answered_at"], unique=False)
    op.create_index(
        "ix_link_readings_dead",
        "link_readings",
        ["dead_from", "id"],
        unique=False,
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.create_table(
        "link_uses",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_link_uses_item_id")),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["link_readings.id"],
            name=op.f("fk_link_uses_link_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "link_id", name=op.f("pk_link_uses")),
    )
    op.create_index(op.f("ix_link_uses_link_id"), "link_uses", ["link_id"], unique=False)
    op.add_column("rechecks", sa.Column("link_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_rechecks_link_id"), "rechecks", ["link_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_rechecks_link_id"),
        "rechecks",
        "link_readings",
        ["link_id"],
        ["id"],
        ondelete="CASCADE",
    )
    # The links of texts written before are noted by one run over all of them.
    op.execute(
        "INSERT INTO rechecks (id, checked, begun_at, due_at)"
        " SELECT gen_random_uuid(), 0, now(), now() WHERE EXISTS (SELECT FROM items)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_rechecks_link_id"), "rechecks", type_="foreignkey")
    op.drop_index(op.f("ix_rechecks_link_id"), table_name="rechecks")
    op.drop_column("rechecks", "link_id")
    op.drop_table("link_uses")
    op.drop_table("link_readings")
    op.drop_table("link_hosts")
