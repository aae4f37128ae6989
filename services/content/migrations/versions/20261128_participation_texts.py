"""What surveys, consultations and interviews ask to publish."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "3c5a81f60d9e"
down_revision: str | Sequence[str] | None = "b7d2046f91ce"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "participation_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("paragraphs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'drafted') = (item_id IS NOT NULL)",
            name=op.f("ck_participation_texts_drafted_as_an_item"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_participation_texts_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["sites.code"], name=op.f("fk_participation_texts_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_texts")),
        sa.UniqueConstraint("item_id", name=op.f("uq_participation_texts_item_id")),
        sa.UniqueConstraint(
            "subject_id", "moment", name=op.f("uq_participation_texts_subject_id_moment")
        ),
    )
    op.create_index(
        op.f("ix_participation_texts_site_code_participation_texts_id"),
        "participation_texts",
        ["site_code", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_participation_texts_sponsoring"),
        "participation_texts",
        ["sponsoring"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("participation_texts")
