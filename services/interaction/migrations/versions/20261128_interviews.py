"""Interviews, their questions and transcripts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "a67e10f4b9d5"
down_revision: str | Sequence[str] | None = "d83f5b06c2a1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("organization_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.Column("guests", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_url", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("announced_by", sa.String(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "announced_by <> prepared_by", name=op.f("ck_interviews_another_person_announces")
        ),
        sa.CheckConstraint(
            "published_by <> ended_by", name=op.f("ck_interviews_another_person_publishes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    op.create_index(
        op.f("ix_interviews_site_code_interviews_id"),
        "interviews",
        ["site_code", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_interviews_sponsoring"), "interviews", ["sponsoring"], unique=False)
    op.create_table(
        "interview_questions",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.String(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("moderated_by", sa.String(), nullable=True),
        sa.Column("moderated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (shown IS NOT NULL)",
            name=op.f("ck_interview_questions_shown_once_approved"),
        ),
        sa.CheckConstraint(
            "answered_in IS NULL OR state = 'approved'",
            name=op.f("ck_interview_questions_approved_before_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_interview_questions_interview_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_questions")),
        sa.UniqueConstraint("number", name=op.f("uq_interview_questions_number")),
    )
    op.create_index(
        op.f(
            "ix_interview_questions_interview_id_interview_questions_state_interview_questions_id"
        ),
        "interview_questions",
        ["interview_id", "state", "id"],
        unique=False,
    )
    op.create_table(
        "transcript_entries",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("speaker", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "replaced_by > sequence", name=op.f("ck_transcript_entries_replaced_by_a_later_one")
        ),
        sa.CheckConstraint(
            "replaces < sequence", name=op.f("ck_transcript_entries_replaces_an_earlier_one")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_transcript_entries_interview_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview_questions.id"],
            name=op.f("fk_transcript_entries_question_id"),
        ),
        sa.PrimaryKeyConstraint("interview_id", "sequence", name=op.f("pk_transcript_entries")),
    )
    op.create_index(
        op.f("ix_interview_questions_wrapped_by"),
        "interview_questions",
        ["wrapped_by"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("transcript_entries")
    op.drop_table("interview_questions")
    op.drop_table("interviews")
