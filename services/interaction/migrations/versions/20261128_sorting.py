"""Letters are screened, merged and parted, moved among units and handled by several."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b81d64f0a3c7"
down_revision: str | Sequence[str] | None = "febda2544d30"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
AWAITED = sa.text("state IN ('held', 'received', 'accepted', 'dispatched', 'drafted', 'merged')")
INDEXES = (
    "urgency",
    "lead_id",
    "co_handlers",
    "organization",
    "sponsoring",
    "site_code",
    "state",
    "awaited",
)
SOME = {"co_handlers": "gin", "lead_id": "btree"}


def upgrade() -> None:
    op.add_column("letters", sa.Column("co_handlers", sa.ARRAY(sa.String()), nullable=True))
    op.add_column("letters", sa.Column("lead_id", sa.Uuid(), nullable=True))
    op.add_column(
        "letters",
        sa.Column("urgency", sa.String(32), server_default="ordinary", nullable=False),
    )
    op.create_foreign_key(op.f("fk_letters_lead_id"), "letters", "letters", ["lead_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_letters_merged_into_a_lead"),
        "letters",
        "state <> 'merged' OR lead_id IS NOT NULL",
    )
    op.create_check_constraint(op.f("ck_letters_leads_others_only"), "letters", "lead_id <> id")
    op.drop_index(op.f("ix_letters_state"), "letters")
    op.drop_index(op.f("ix_letters_due_on"), "letters")
    op.create_index("ix_letters_awaited", "letters", ["id"], postgresql_where=AWAITED)
    op.create_index("ix_letters_state", "letters", ["state", "id"], postgresql_where=AWAITED)
    op.create_index("ix_letters_site_code", "letters", ["site_code", "id"])
    for path in ("sponsoring", "organization"):
        op.create_index(
            f"ix_letters_{path}",
            "letters",
            [path, "id"],
            postgresql_ops={path: "text_pattern_ops"},
        )
        # Whether to walk by date or by unit depends on how many letters each unit has.
        op.execute(f"ALTER TABLE letters ALTER COLUMN {path} SET STATISTICS 1000")
    for column, method in SOME.items():
        op.create_index(
            f"ix_letters_{column}",
            "letters",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
            postgresql_using=method,
        )
    op.create_index(
        "ix_letters_urgency",
        "letters",
        ["urgency", "id"],
        postgresql_where=sa.text("urgency <> 'ordinary'"),
    )
    _screening()
    _sorting()


def _screening() -> None:
    op.create_table(
        "letter_refusals",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_refusals_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_refusals")),
    )
    op.create_table(
        "letter_mergers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_mergers_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["letters.id"], name=op.f("fk_letter_mergers_lead_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_mergers")),
    )
    for column in ("letter_id", "lead_id"):
        op.create_index(op.f(f"ix_letter_mergers_{column}"), "letter_mergers", [column])
    op.create_index(
        "ix_letter_mergers_present",
        "letter_mergers",
        ["letter_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )


def _sorting() -> None:
    op.create_table(
        "letter_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("sender_name", sa.String(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("receiver_name", sa.String(), nullable=True),
        sa.Column("decided_for", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_moves_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_moves")),
    )
    op.create_index(op.f("ix_letter_moves_letter_id"), "letter_moves", ["letter_id"])
    op.execute(
        """
        CREATE FUNCTION keep_letter_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a move is never changed' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER moves_are_immutable BEFORE UPDATE OR DELETE ON letter_moves"
        " FOR EACH ROW EXECUTE FUNCTION keep_letter_move()"
    )
    op.create_table(
        "letter_co_handlings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("organization_name", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sealed_question", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("sealed_opinion", sa.LargeBinary(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=True),
        sa.Column("given_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "given_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_letter_co_handlings_given_or_withdrawn"),
        ),
        sa.CheckConstraint(
            "(given_at IS NULL) = (sealed_opinion IS NULL)",
            name=op.f("ck_letter_co_handlings_given_with_words"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_co_handlings_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_co_handlings")),
    )
    op.create_index(op.f("ix_letter_co_handlings_letter_id"), "letter_co_handlings", ["letter_id"])
    op.create_index(
        "ix_letter_co_handlings_open",
        "letter_co_handlings",
        ["letter_id", "organization"],
        unique=True,
        postgresql_where=sa.text("given_at IS NULL AND withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("letter_co_handlings")
    op.drop_table("letter_moves")
    op.execute("DROP FUNCTION keep_letter_move()")
    op.drop_table("letter_mergers")
    op.drop_table("letter_refusals")
    for path in ("sponsoring", "organization"):
        op.execute(f"ALTER TABLE letters ALTER COLUMN {path} SET STATISTICS -1")
    for name in INDEXES:
        op.drop_index(f"ix_letters_{name}", "letters")
    op.create_index(op.f("ix_letters_due_on"), "letters", ["due_on"])
    op.create_index(op.f("ix_letters_state"), "letters", ["state"])
    for name in ("leads_others_only", "merged_into_a_lead"):
        op.drop_constraint(op.f(f"ck_letters_{name}"), "letters", type_="check")
    for column in ("urgency", "lead_id", "co_handlers"):
        op.drop_column("letters", column)
