"""Writers say what they think of answers, and letters are taken up again."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c70a5d18e3f2"
down_revision: str | Sequence[str] | None = "c10c4a7e51b2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("satisfaction", sa.String(length=32), nullable=True))
    op.add_column(
        "letters", sa.Column("reopened", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "published_letters", sa.Column("satisfaction", sa.String(length=32), nullable=True)
    )
    op.create_table(
        "letter_evaluations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("satisfaction", sa.String(length=32), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("by_default", sa.Boolean(), nullable=False),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_comment", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_evaluations_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_evaluations")),
        sa.UniqueConstraint(
            "letter_id", "round", name=op.f("uq_letter_evaluations_letter_id_round")
        ),
    )
    op.create_index(
        op.f("ix_letter_evaluations_sponsoring_letter_evaluations_id"),
        "letter_evaluations",
        ["sponsoring", "id"],
    )
    op.create_table(
        "evaluation_links",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_evaluation_links_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_evaluation_links")),
    )
    op.create_index(op.f("ix_evaluation_links_letter_id"), "evaluation_links", ["letter_id"])


def downgrade() -> None:
    op.drop_table("evaluation_links")
    op.drop_table("letter_evaluations")
    op.drop_column("published_letters", "satisfaction")
    op.drop_column("letters", "reopened")
    op.drop_column("letters", "satisfaction")
