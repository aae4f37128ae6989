"""Desks of duty: their registers, rosters, days, swaps and hand-over notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5dfc8c36281b"
down_revision: str | Sequence[str] | None = "92c4e07fd1b8"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "duty_desks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kept_since", sa.Date(), nullable=True),
        sa.Column("looks_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_desks")),
        sa.UniqueConstraint("code", name=op.f("uq_duty_desks_code")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_duty_desks_organization_id")),
    )
    op.create_index(op.f("ix_duty_desks_due_at"), "duty_desks", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_duty_desks_organization"), "duty_desks", ["organization"], unique=False
    )
    op.create_table(
        "duty_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("serves OR leads", name=op.f("ck_duty_members_does_something")),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["duty_desks.id"], name=op.f("fk_duty_members_desk_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_members")),
    )
    op.create_index("ix_duty_members_desk", "duty_members", ["desk_id", "id"], unique=False)
    op.create_index(
        "uq_duty_members_person",
        "duty_members",
        ["person_id", "desk_id"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_table(
        "duty_rosters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "published", "discarded", name="rosterstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["duty_desks.id"], name=op.f("fk_duty_rosters_desk_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_rosters")),
    )
    op.create_index("ix_duty_rosters_desk", "duty_rosters", ["desk_id", "id"], unique=False)
    op.create_index(
        "uq_duty_rosters_draft",
        "duty_rosters",
        ["desk_id"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("sign_on_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "signed_off_at IS NULL OR signed_on_at IS NOT NULL",
            name=op.f("ck_duties_on_before_off"),
        ),
        sa.CheckConstraint(
            "signed_on_at IS NULL OR member_id IS NOT NULL",
            name=op.f("ck_duties_somebody_signed_on"),
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["duty_desks.id"], name=op.f("fk_duties_desk_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["duty_members.id"], name=op.f("fk_duties_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("desk_id", "on", name=op.f("uq_duties_desk_id_on")),
    )
    op.create_index(op.f("ix_duties_member_id"), "duties", ["member_id"], unique=False)
    op.create_table(
        "duty_absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("since <= until", name=op.f("ck_duty_absences_in_order")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["duty_members.id"], name=op.f("fk_duty_absences_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_absences")),
    )
    op.create_index(
        op.f("ix_duty_absences_member_id"), "duty_absences", ["member_id"], unique=False
    )
    op.create_table(
        "duty_roster_days",
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["duty_members.id"], name=op.f("fk_duty_roster_days_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["duty_rosters.id"], name=op.f("fk_duty_roster_days_roster_id")
        ),
        sa.PrimaryKeyConstraint("roster_id", "on", name=op.f("pk_duty_roster_days")),
    )
    op.create_table(
        "duty_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "published",
                "vacated",
                "covered",
                "swapped",
                "struck",
                "opened",
                "signed_on",
                "signed_off",
                name="dutychangekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("before_id", sa.Uuid(), nullable=True),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["after_id"], ["duty_members.id"], name=op.f("fk_duty_changes_after_id")
        ),
        sa.ForeignKeyConstraint(
            ["before_id"], ["duty_members.id"], name=op.f("fk_duty_changes_before_id")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_duty_changes_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_changes")),
    )
    op.create_index(op.f("ix_duty_changes_duty_id"), "duty_changes", ["duty_id"], unique=False)
    op.create_table(
        "duty_swaps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("return_duty_id", sa.Uuid(), nullable=True),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                "withdrawn",
                "overtaken",
                name="swapstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["duty_members.id"], name=op.f("fk_duty_swaps_asked_id")
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["duty_members.id"], name=op.f("fk_duty_swaps_asker_id")
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["duty_desks.id"], name=op.f("fk_duty_swaps_desk_id")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_duty_swaps_duty_id")),
        sa.ForeignKeyConstraint(
            ["return_duty_id"], ["duties.id"], name=op.f("fk_duty_swaps_return_duty_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_swaps")),
    )
    op.create_index("ix_duty_swaps_desk", "duty_swaps", ["desk_id", "id"], unique=False)
    op.create_index(
        op.f("ix_duty_swaps_return_duty_id"), "duty_swaps", ["return_duty_id"], unique=False
    )
    op.create_index(
        "uq_duty_swaps_asked",
        "duty_swaps",
        ["duty_id", "asked_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "handover_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["duty_members.id"], name=op.f("fk_handover_notes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["duty_desks.id"], name=op.f("fk_handover_notes_desk_id")
        ),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duties.id"], name=op.f("fk_handover_notes_duty_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_notes")),
    )
    op.create_index(
        op.f("ix_handover_notes_wrapped_by"), "handover_notes", ["wrapped_by"], unique=False
    )
    op.create_index("ix_handover_notes_desk", "handover_notes", ["desk_id", "id"], unique=False)
    op.create_index(
        op.f("ix_handover_notes_written_at"), "handover_notes", ["written_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_handover_notes_written_at"), table_name="handover_notes")
    op.drop_index(op.f("ix_handover_notes_wrapped_by"), table_name="handover_notes")
    op.drop_index("ix_handover_notes_desk", table_name="handover_notes")
    op.drop_table("handover_notes")
    op.drop_index(
        "uq_duty_swaps_asked", table_name="duty_swaps", postgresql_where=sa.text("state = 'asked'")
    )
    op.drop_index(op.f("ix_duty_swaps_return_duty_id"), table_name="duty_swaps")
    op.drop_index("ix_duty_swaps_desk", table_name="duty_swaps")
    op.drop_table("duty_swaps")
    op.drop_index(op.f("ix_duty_changes_duty_id"), table_name="duty_changes")
    op.drop_table("duty_changes")
    op.drop_table("duty_roster_days")
    op.drop_index(op.f("ix_duty_absences_member_id"), table_name="duty_absences")
    op.drop_table("duty_absences")
    op.drop_index(op.f("ix_duties_member_id"), table_name="duties")
    op.drop_table("duties")
    op.drop_index(
        "uq_duty_rosters_draft",
        table_name="duty_rosters",
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.drop_index("ix_duty_rosters_desk", table_name="duty_rosters")
    op.drop_table("duty_rosters")
    op.drop_index(
        "uq_duty_members_person",
        table_name="duty_members",
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.drop_index("ix_duty_members_desk", table_name="duty_members")
    op.drop_table("duty_members")
    op.drop_index(op.f("ix_duty_desks_organization"), table_name="duty_desks")
    op.drop_index(op.f("ix_duty_desks_due_at"), table_name="duty_desks")
    op.drop_table("duty_desks")
