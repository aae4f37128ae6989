"""Files come with letters, are judged, decided upon and shown in renditions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "6e15676de724"
down_revision: str | Sequence[str] | None = "b81d64f0a3c7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "attachment_removals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_removals")),
    )
    op.create_index(
        op.f("ix_attachment_removals_due_at"), "attachment_removals", ["due_at"], unique=False
    )
    op.create_table(
        "attachment_uploads",
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_attachment_uploads")),
    )
    op.create_index(
        op.f("ix_attachment_uploads_since"), "attachment_uploads", ["since"], unique=False
    )
    op.create_table(
        "published_attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_attachments")),
        sa.UniqueConstraint("number", "name", name=op.f("uq_published_attachments_number_name")),
    )
    op.create_table(
        "letter_attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_digest", sa.LargeBinary(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("redacts", sa.Uuid(), nullable=True),
        sa.Column("uploader", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(), nullable=True),
        sa.Column("judging_key", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("refusals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text_complete", sa.Boolean(), nullable=True),
        sa.Column("scanned_by", sa.String(), nullable=True),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (judging_key IS NOT NULL)",
            name=op.f("ck_letter_attachments_opened_to_be_judged"),
        ),
        sa.CheckConstraint(
            "(letter_id IS NULL) = (wrapped_by IS NOT NULL)",
            name=op.f("ck_letter_attachments_the_mailboxs_until_a_letters"),
        ),
        sa.CheckConstraint(
            "(letter_id IS NULL) = (expires_at IS NOT NULL)",
            name=op.f("ck_letter_attachments_expires_until_a_letter_names_it"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_attachments_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["redacts"], ["letter_attachments.id"], name=op.f("fk_letter_attachments_redacts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_attachments")),
        sa.UniqueConstraint("claim_digest", name=op.f("uq_letter_attachments_claim_digest")),
        sa.UniqueConstraint("redacts", name=op.f("uq_letter_attachments_redacts")),
    )
    op.create_index(
        op.f("ix_letter_attachments_due_at"), "letter_attachments", ["due_at"], unique=False
    )
    op.create_index(
        op.f("ix_letter_attachments_letter_id"), "letter_attachments", ["letter_id"], unique=False
    )
    op.create_table(
        "attachment_decisions",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rendition_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "publish = (reason IS NULL)",
            name=op.f("ck_attachment_decisions_withheld_with_a_reason"),
        ),
        sa.CheckConstraint(
            "publish = (rendition_id IS NOT NULL)",
            name=op.f("ck_attachment_decisions_published_as_a_rendition"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["letter_attachments.id"],
            name=op.f("fk_attachment_decisions_attachment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_decisions")),
    )
    op.add_column(
        "published_letters",
        sa.Column("attachments", postgresql.JSONB(), server_default="[]", nullable=False),
    )
    op.alter_column("published_letters", "attachments", server_default=None)


def downgrade() -> None:
    op.drop_column("published_letters", "attachments")
    op.drop_table("attachment_decisions")
    op.drop_index(op.f("ix_letter_attachments_letter_id"), table_name="letter_attachments")
    op.drop_index(op.f("ix_letter_attachments_due_at"), table_name="letter_attachments")
    op.drop_table("letter_attachments")
    op.drop_table("published_attachments")
    op.drop_index(op.f("ix_attachment_uploads_since"), table_name="attachment_uploads")
    op.drop_table("attachment_uploads")
    op.drop_index(op.f("ix_attachment_removals_due_at"), table_name="attachment_removals")
    op.drop_table("attachment_removals")
