"""Standing of items: corrections, validity, index numbers, releases set for a time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "55bc1688326d"
down_revision: str | Sequence[str] | None = "91ccc1f6cf6d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# A policy holds from its day of coming into force, else of writing, else from when it was public.
IN_FORCE = """
UPDATE live SET effective_from = coalesce(
    in_force_on, written_on, (first_public_at AT TIME ZONE 'Asia/Shanghai')::date
) WHERE kind = 'policy' AND origin_item_id IS NULL
"""
# Whose last day is stated expires when that is over, also if it was stated before anybody looked.
EXPIRING = """
INSERT INTO expiries (id, item_id, due_at)
SELECT gen_random_uuid(), item_id, (expires_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM live
WHERE kind = 'policy' AND origin_item_id IS NULL AND expires_on < '9999-12-31'
"""


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint(
            "item_id", "content_hash", name=op.f("uq_corrections_item_id_content_hash")
        ),
    )
    op.create_table(
        "expiries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expiries")),
        sa.UniqueConstraint("item_id", name=op.f("uq_expiries_item_id")),
    )
    op.create_index(op.f("ix_expiries_due_at"), "expiries", ["due_at"], unique=False)
    op.create_table(
        "index_counters",
        sa.Column("counted_at", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("counted_at", "year", name=op.f("pk_index_counters")),
    )
    op.create_table(
        "index_numbers",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("index_no", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("counted_at", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_index_numbers")),
        sa.UniqueConstraint(
            "counted_at", "year", "serial", name=op.f("uq_index_numbers_counted_at_year_serial")
        ),
        sa.UniqueConstraint("index_no", name=op.f("uq_index_numbers_index_no")),
    )
    op.create_table(
        "index_patterns",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization", name=op.f("pk_index_patterns")),
        sa.UniqueConstraint("uscc", name=op.f("uq_index_patterns_uscc")),
    )
    op.create_table(
        "scheduled_releases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "released",
                "failed",
                "cancelled",
                name="schedulestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("scheduled_by", sa.String(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("grants", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("since_seq", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_seconds", sa.Double(), nullable=True),
        sa.Column(
            "faults",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_releases")),
    )
    op.create_index(
        op.f("ix_scheduled_releases_due_at"), "scheduled_releases", ["due_at"], unique=False
    )
    op.create_table(
        "stated_dates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stated_by", sa.String(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_dates")),
    )
    op.create_index(op.f("ix_stated_dates_item_id"), "stated_dates", ["item_id"], unique=False)
    op.create_table(
        "validities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "effective",
                "amended",
                "repealed",
                "expired",
                name="validitystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("successor", sa.Uuid(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validities")),
        sa.UniqueConstraint(
            "item_id", "since", "seq", name=op.f("uq_validities_item_id_since_seq")
        ),
    )
    op.create_table(
        "scheduled_items",
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("stated_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["scheduled_releases.id"], name=op.f("fk_scheduled_items_schedule_id")
        ),
        sa.PrimaryKeyConstraint("schedule_id", "item_id", name=op.f("pk_scheduled_items")),
    )
    op.create_index(
        op.f("ix_scheduled_items_item_id"), "scheduled_items", ["item_id"], unique=False
    )
    op.add_column(
        "changes",
        sa.Column(
            "kind",
            sa.Enum(
                "mistaken",
                "superseded",
                "expired",
                "security",
                name="withdrawalkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("changes", sa.Column("successor", sa.Uuid(), nullable=True))
    op.add_column("changes", sa.Column("reason", sa.String(), nullable=True))
    op.add_column("changes", sa.Column("by", sa.String(), nullable=True))
    op.add_column("live", sa.Column("index_no", sa.String(), nullable=True))
    op.add_column("live", sa.Column("stated_on", sa.Date(), nullable=True))
    op.add_column("live", sa.Column("effective_from", sa.Date(), nullable=True))
    op.add_column(
        "live",
        sa.Column(
            "validity",
            sa.Enum(
                "effective",
                "amended",
                "repealed",
                "expired",
                name="validitystate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("live", sa.Column("valid_since", sa.Date(), nullable=True))
    op.add_column("live", sa.Column("successor_id", sa.Uuid(), nullable=True))
    op.add_column("live", sa.Column("successor_document", sa.String(), nullable=True))
    op.create_index(
        "ix_live_effective",
        "live",
        ["effective_from", "item_id"],
        unique=False,
        postgresql_where=sa.text("effective_from IS NOT NULL"),
    )
    op.create_index(op.f("ix_live_index_no"), "live", ["index_no"], unique=False)
    op.create_index(op.f("ix_live_successor_id"), "live", ["successor_id"], unique=False)
    op.execute(IN_FORCE)
    op.execute(EXPIRING)


def downgrade() -> None:
    op.drop_index(op.f("ix_live_successor_id"), table_name="live")
    op.drop_index(op.f("ix_live_index_no"), table_name="live")
    op.drop_index(
        "ix_live_effective",
        table_name="live",
        postgresql_where=sa.text("effective_from IS NOT NULL"),
    )
    op.drop_column("live", "successor_document")
    op.drop_column("live", "successor_id")
    op.drop_column("live", "valid_since")
    op.drop_column("live", "validity")
    op.drop_column("live", "effective_from")
    op.drop_column("live", "stated_on")
    op.drop_column("live", "index_no")
    op.drop_column("changes", "by")
    op.drop_column("changes", "reason")
    op.drop_column("changes", "successor")
    op.drop_column("changes", "kind")
    op.drop_index(op.f("ix_scheduled_items_item_id"), table_name="scheduled_items")
    op.drop_table("scheduled_items")
    op.drop_table("validities")
    op.drop_index(op.f("ix_stated_dates_item_id"), table_name="stated_dates")
    op.drop_table("stated_dates")
    op.drop_index(op.f("ix_scheduled_releases_due_at"), table_name="scheduled_releases")
    op.drop_table("scheduled_releases")
    op.drop_table("index_patterns")
    op.drop_table("index_numbers")
    op.drop_table("index_counters")
    op.drop_index(op.f("ix_expiries_due_at"), table_name="expiries")
    op.drop_table("expiries")
    op.drop_table("corrections")
