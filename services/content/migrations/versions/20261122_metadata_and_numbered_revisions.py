"""Metadata and numbered revisions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "316412d9fa6d"
down_revision: str | Sequence[str] | None = "0ebf88f60b23"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# Identifiers are in the order of their time.
NUMBER = """
UPDATE revisions SET number = counted.number FROM (
    SELECT id, row_number() OVER (PARTITION BY item_id ORDER BY written_at, id) AS number FROM revisions
) AS counted WHERE counted.id = revisions.id
"""
# What was written before anybody counted is its revision's author's, every paragraph.
AUTHORSHIP = """
UPDATE revisions SET authorship = jsonb_build_array(jsonb_build_object(
    'author', author, 'revision', number, 'paragraphs',
    (SELECT count(*) FROM regexp_split_to_table(body, '\\n') AS line WHERE btrim(line, E' \\t\\r') <> '')
))
"""


def upgrade() -> None:
    op.add_column(
        "items",
        sa.Column(
            "findings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column("live", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("live", sa.Column("genre", sa.String(), nullable=True))
    op.add_column("live", sa.Column("audience", sa.String(), nullable=True))
    op.add_column(
        "live",
        sa.Column(
            "keywords",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column("live", sa.Column("byline", sa.String(), nullable=True))
    op.add_column(
        "live", sa.Column("language", sa.String(), server_default="zh-CN", nullable=False)
    )
    op.add_column("live", sa.Column("in_force_on", sa.Date(), nullable=True))
    op.add_column("live", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column(
        "live",
        sa.Column(
            "interpretation_form",
            sa.Enum(
                "text",
                "chart",
                "video",
                "questions",
                "expert",
                "press",
                name="interpretationform",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("live", sa.Column("correction_note", sa.String(), nullable=True))
    op.add_column("revisions", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column(
        "revisions",
        sa.Column(
            "interpretation_may_follow",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
    )
    op.add_column("revisions", sa.Column("interpretation_exemption", sa.String(), nullable=True))
    op.add_column(
        "revisions",
        sa.Column(
            "interpretation_form",
            sa.Enum(
                "text",
                "chart",
                "video",
                "questions",
                "expert",
                "press",
                name="interpretationform",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("revisions", sa.Column("correction_note", sa.String(), nullable=True))
    op.add_column("revisions", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("revisions", sa.Column("genre", sa.String(), nullable=True))
    op.add_column("revisions", sa.Column("audience", sa.String(), nullable=True))
    op.add_column(
        "revisions",
        sa.Column(
            "keywords",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column("revisions", sa.Column("byline", sa.String(), nullable=True))
    op.add_column(
        "revisions", sa.Column("language", sa.String(), server_default="zh-CN", nullable=False)
    )
    op.add_column("revisions", sa.Column("in_force_on", sa.Date(), nullable=True))
    op.add_column("revisions", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column(
        "revisions",
        sa.Column(
            "authorship",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.execute(NUMBER)
    op.execute(AUTHORSHIP)
    op.execute(
        "UPDATE items SET findings = revisions.findings FROM revisions WHERE revisions.id = items.revision_id"
    )
    op.alter_column("revisions", "number", nullable=False)
    op.drop_index(op.f("ix_revisions_item_id"), table_name="revisions")
    op.create_unique_constraint(
        op.f("uq_revisions_item_id_number"), "revisions", ["item_id", "number"]
    )
    op.drop_column("revisions", "findings")


def downgrade() -> None:
    op.add_column(
        "revisions",
        sa.Column(
            "findings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.execute(
        "UPDATE revisions SET findings = items.findings FROM items WHERE revisions.id = items.revision_id"
    )
    op.alter_column("revisions", "findings", server_default=None)
    op.drop_constraint(op.f("uq_revisions_item_id_number"), "revisions", type_="unique")
    op.create_index(op.f("ix_revisions_item_id"), "revisions", ["item_id"], unique=False)
    op.drop_column("revisions", "authorship")
    op.drop_column("revisions", "expires_on")
    op.drop_column("revisions", "in_force_on")
    op.drop_column("revisions", "language")
    op.drop_column("revisions", "byline")
    op.drop_column("revisions", "keywords")
    op.drop_column("revisions", "audience")
    op.drop_column("revisions", "genre")
    op.drop_column("revisions", "subject")
    op.drop_column("revisions", "correction_note")
    op.drop_column("revisions", "interpretation_form")
    op.drop_column("revisions", "interpretation_exemption")
    op.drop_column("revisions", "interpretation_may_follow")
    op.drop_column("revisions", "number")
    op.drop_column("live", "correction_note")
    op.drop_column("live", "interpretation_form")
    op.drop_column("live", "expires_on")
    op.drop_column("live", "in_force_on")
    op.drop_column("live", "language")
    op.drop_column("live", "byline")
    op.drop_column("live", "keywords")
    op.drop_column("live", "audience")
    op.drop_column("live", "genre")
    op.drop_column("live", "subject")
    op.drop_column("items", "findings")
