"""Keys tell what they are wrapped by, writers leave marks, and who saw a letter is kept."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5e81b3c2f640"
down_revision: str | Sequence[str] | None = "3a1c07d95e20"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("erased_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_letters_nothing_erased_is_public"),
        "letters",
        "erased_on IS NULL OR published_on IS NULL",
    )
    # Only the secret itself tells the name of what former keys are wrapped by.
    op.add_column(
        "letter_contents",
        sa.Column("wrapped_by", sa.String(), nullable=False, server_default="unnamed"),
    )
    op.alter_column("letter_contents", "wrapped_by", server_default=None)
    op.create_index(op.f("ix_letter_contents_wrapped_by"), "letter_contents", ["wrapped_by"])
    op.create_table(
        "letter_marks",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_marks_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("letter_id", "mark", name=op.f("pk_letter_marks")),
    )
    op.create_index(op.f("ix_letter_marks_mark"), "letter_marks", ["mark"])
    op.create_table(
        "letter_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_accesses_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_accesses")),
    )
    op.create_index(op.f("ix_letter_accesses_letter_id"), "letter_accesses", ["letter_id"])
    op.create_index(
        "ix_letters_kept",
        "letters",
        [sa.text("coalesce(answered_on, received_on)")],
        postgresql_where=sa.text("erased_on IS NULL"),
    )
    op.create_table(
        "letter_erasures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_erasures_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_erasures")),
    )
    op.create_index(op.f("ix_letter_erasures_sponsoring"), "letter_erasures", ["sponsoring"])
    op.create_index(
        "ix_letter_erasures_waiting",
        "letter_erasures",
        ["letter_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )


def downgrade() -> None:
    op.drop_table("letter_erasures")
    op.drop_index("ix_letters_kept", table_name="letters")
    op.drop_table("letter_accesses")
    op.drop_table("letter_marks")
    op.drop_index(op.f("ix_letter_contents_wrapped_by"), table_name="letter_contents")
    op.drop_column("letter_contents", "wrapped_by")
    op.drop_constraint(op.f("ck_letters_nothing_erased_is_public"), "letters", type_="check")
    op.drop_column("letters", "erased_on")
