"""Answers keep what they cite and resemble; replies, drafts, notes and news stand apart."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "febda2544d30"
down_revision: str | Sequence[str] | None = "8d0e5c1b7a46"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ADDED: tuple[tuple[str, Any, str], ...] = (
    ("organization", sa.String(), ""),
    ("supplement", sa.Boolean(), "false"),
    ("policies", postgresql.JSONB(), "[]"),
    ("sketch", postgresql.ARRAY(sa.BigInteger()), "{}"),
    ("clues", postgresql.ARRAY(sa.BigInteger()), "{}"),
    ("asked_sketch", postgresql.ARRAY(sa.BigInteger()), "{}"),
    ("writers", postgresql.JSONB(), "[]"),
)
"""What an answer written before is taken to be, before it is looked up."""


def upgrade() -> None:
    op.create_table(
        "answer_drafts",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("policies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("insertions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("writers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_answer_drafts_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", "organization", name=op.f("pk_answer_drafts")),
    )
    op.create_table(
        "letter_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects"], ["letter_notes.id"], name=op.f("fk_letter_notes_corrects")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_notes_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_notes")),
        sa.UniqueConstraint("corrects", name=op.f("uq_letter_notes_corrects")),
    )
    op.create_index(op.f("ix_letter_notes_letter_id"), "letter_notes", ["letter_id"], unique=False)
    op.create_table(
        "writer_notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("answered", "supplemented", name="occasion", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "medium",
            sa.Enum("phone", "email", name="medium", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("pending", name="notificationstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_writer_notifications_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writer_notifications")),
    )
    op.create_index(
        op.f("ix_writer_notifications_letter_id"),
        "writer_notifications",
        ["letter_id"],
        unique=False,
    )
    op.create_table(
        "answer_citations",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["letter_answers.id"], name=op.f("fk_answer_citations_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entries.id"], name=op.f("fk_answer_citations_entry_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", "entry_id", name=op.f("pk_answer_citations")),
    )
    op.create_index(
        op.f("ix_answer_citations_entry_id"), "answer_citations", ["entry_id"], unique=False
    )
    op.create_table(
        "letter_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("organization_name", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["letter_answers.id"], name=op.f("fk_letter_replies_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_replies_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_replies")),
        sa.UniqueConstraint(
            "letter_id", "answer_id", name=op.f("uq_letter_replies_letter_id_answer_id")
        ),
    )
    op.create_index(
        op.f("ix_letter_replies_answer_id"), "letter_replies", ["answer_id"], unique=False
    )
    for name, kind, taken in ADDED:
        column = sa.Column(name, kind, nullable=False, server_default=taken)
        op.add_column("letter_answers", column)
        op.alter_column("letter_answers", name, server_default=None)
    op.execute(
        "UPDATE letter_answers SET writers = jsonb_build_array(author), "
        "organization = coalesce(letters.organization, '') "
        "FROM letters WHERE letters.id = letter_id"
    )
    op.add_column("letter_answers", sa.Column("sealed_findings", sa.LargeBinary()))
    op.add_column("letter_answers", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.execute(
        "INSERT INTO letter_replies "
        "(id, letter_id, answer_id, sealed, organization_name, answered_at) "
        "SELECT letter_answers.id, letter_id, letter_answers.id, sealed, "
        "coalesce(organization_name, ''), decided_at FROM letter_answers "
        "JOIN letters ON letters.id = letter_id WHERE verdict = 'approve'"
    )
    op.create_index(
        op.f("ix_letter_answers_organization_letter_answers_decided_at"),
        "letter_answers",
        ["organization", "decided_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_letter_answers_clues"),
        "letter_answers",
        ["clues"],
        unique=False,
        postgresql_using="gin",
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_letter_answers_clues"), table_name="letter_answers", postgresql_using="gin"
    )
    op.drop_index(
        op.f("ix_letter_answers_organization_letter_answers_decided_at"),
        table_name="letter_answers",
    )
    for name in ("withdrawn_at", "sealed_findings", *(added[0] for added in reversed(ADDED))):
        op.drop_column("letter_answers", name)
    op.drop_index(op.f("ix_letter_replies_answer_id"), table_name="letter_replies")
    op.drop_table("letter_replies")
    op.drop_index(op.f("ix_answer_citations_entry_id"), table_name="answer_citations")
    op.drop_table("answer_citations")
    op.drop_index(op.f("ix_writer_notifications_letter_id"), table_name="writer_notifications")
    op.drop_table("writer_notifications")
    op.drop_index(op.f("ix_letter_notes_letter_id"), table_name="letter_notes")
    op.drop_table("letter_notes")
    op.drop_table("answer_drafts")
