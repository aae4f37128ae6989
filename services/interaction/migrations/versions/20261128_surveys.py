"""surveys."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "27acc9ee5c38"
down_revision: str | Sequence[str] | None = "a67e10f4b9d5"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "returned",
                "approved",
                "open",
                "closed",
                name="surveystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "answered_with",
            sa.Enum("device", "code", name="surveypass", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_tally", sa.Boolean(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeds", sa.Uuid(), nullable=True),
        sa.Column("succeeded_by", sa.Uuid(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_surveys_closed_at_a_moment"),
        ),
        sa.CheckConstraint(
            "(state IN ('open', 'closed')) = (opened_at IS NOT NULL)",
            name=op.f("ck_surveys_open_from_a_moment"),
        ),
        sa.CheckConstraint("author <> reviewer", name=op.f("ck_surveys_four_eyes")),
        sa.ForeignKeyConstraint(
            ["succeeded_by"], ["surveys.id"], name=op.f("fk_surveys_succeeded_by")
        ),
        sa.ForeignKeyConstraint(["succeeds"], ["surveys.id"], name=op.f("fk_surveys_succeeds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_index("ix_surveys_public", "surveys", ["opened_at", "id"], unique=False)
    op.create_index(op.f("ix_surveys_site_code"), "surveys", ["site_code"], unique=False)
    op.create_table(
        "survey_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["id"], ["surveys.id"], name=op.f("fk_survey_clocks_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_clocks")),
    )
    op.create_index(op.f("ix_survey_clocks_due_at"), "survey_clocks", ["due_at"], unique=False)
    op.create_table(
        "survey_editions",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_editions_survey_id")
        ),
        sa.PrimaryKeyConstraint("survey_id", "number", name=op.f("pk_survey_editions")),
    )
    op.create_table(
        "survey_passes",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_passes_survey_id")
        ),
        sa.PrimaryKeyConstraint("survey_id", "mark", name=op.f("pk_survey_passes")),
    )
    op.create_table(
        "survey_responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_texts", sa.LargeBinary(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_responses_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
    )
    op.create_index(
        "ix_survey_responses_survey", "survey_responses", ["survey_id", "id"], unique=False
    )
    op.create_table(
        "survey_tallies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["id"], ["surveys.id"], name=op.f("fk_survey_tallies_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_tallies")),
    )
    op.create_index(op.f("ix_survey_tallies_due_at"), "survey_tallies", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_survey_tallies_due_at"), table_name="survey_tallies")
    op.drop_table("survey_tallies")
    op.drop_index("ix_survey_responses_survey", table_name="survey_responses")
    op.drop_table("survey_responses")
    op.drop_table("survey_passes")
    op.drop_table("survey_editions")
    op.drop_index(op.f("ix_survey_clocks_due_at"), table_name="survey_clocks")
    op.drop_table("survey_clocks")
    op.drop_index(op.f("ix_surveys_site_code"), table_name="surveys")
    op.drop_index("ix_surveys_public", table_name="surveys")
    op.drop_table("surveys")
