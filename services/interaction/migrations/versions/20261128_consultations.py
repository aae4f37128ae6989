"""Consultations, their opinions and answers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "d83f5b06c2a1"
down_revision: str | Sequence[str] | None = "5dfc8c36281b"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("organization_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("paragraphs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("shortened_because", sa.String(), nullable=True),
        sa.Column("page_url", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("report_provisional", sa.Boolean(), nullable=True),
        sa.Column("drafted_report", sa.String(), nullable=True),
        sa.Column("report_by", sa.String(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (reported_at IS NOT NULL AND drafted_report IS NOT NULL)",
            name=op.f("ck_consultations_closed_by_its_report"),
        ),
        sa.CheckConstraint(
            "opened_by <> prepared_by", name=op.f("ck_consultations_another_person_opens")
        ),
        sa.CheckConstraint(
            "reported_by <> report_by", name=op.f("ck_consultations_another_person_publishes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(
        op.f("ix_consultations_site_code_consultations_id"),
        "consultations",
        ["site_code", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consultations_sponsoring"), "consultations", ["sponsoring"], unique=False
    )
    op.create_table(
        "consultation_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("gist", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultation_answers_consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_answers")),
    )
    op.create_index(
        op.f("ix_consultation_answers_consultation_id_consultation_answers_id"),
        "consultation_answers",
        ["consultation_id", "id"],
        unique=False,
    )
    op.create_table(
        "consultation_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["consultations.id"], name=op.f("fk_consultation_clocks_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_clocks")),
    )
    op.create_index(
        op.f("ix_consultation_clocks_due_at"), "consultation_clocks", ["due_at"], unique=False
    )
    op.create_table(
        "opinions",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
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
            name=op.f("ck_opinions_shown_once_approved"),
        ),
        sa.CheckConstraint(
            "answer_id IS NULL OR state = 'approved'",
            name=op.f("ck_opinions_approved_before_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["consultation_answers.id"], name=op.f("fk_opinions_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_opinions_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("number", name=op.f("uq_opinions_number")),
    )
    op.create_index(op.f("ix_opinions_answer_id"), "opinions", ["answer_id"], unique=False)
    op.create_index(
        op.f("ix_opinions_consultation_id_opinions_state_opinions_id"),
        "opinions",
        ["consultation_id", "state", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_opinions_wrapped_by"), "opinions", ["wrapped_by"], unique=False)


def downgrade() -> None:
    op.drop_table("opinions")
    op.drop_table("consultation_clocks")
    op.drop_table("consultation_answers")
    op.drop_table("consultations")
