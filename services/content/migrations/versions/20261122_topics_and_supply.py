"""Topics and supply."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "e47f6aefc9d4"
down_revision: str | Sequence[str] | None = "5b1d6e0c7a42"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "experts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experts")),
    )
    op.create_index(op.f("ix_experts_organization"), "experts", ["organization"], unique=False)
    op.create_table(
        "commissions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("brief", sa.String(), nullable=False),
        sa.Column("interprets", sa.Uuid(), nullable=True),
        sa.Column("expert_id", sa.Uuid(), nullable=True),
        sa.Column("medium", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fee", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "accepted",
                "delivered",
                "accepted_work",
                "declined",
                "cancelled",
                name="commissionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["experts.id"], name=op.f("fk_commissions_expert_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["sites.code"], name=op.f("fk_commissions_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissions")),
    )
    op.create_index(op.f("ix_commissions_sponsoring"), "commissions", ["sponsoring"], unique=False)
    op.create_table(
        "supply_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("brief", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "news",
                "notice",
                "policy",
                "interpretation",
                "personnel",
                "plan",
                "data",
                "response",
                "guide",
                "status_statement",
                "topic_update",
                name="itemkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recurrence",
            sa.Enum(
                "none", "monthly", "quarterly", name="recurrence", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "fulfilled",
                "returned",
                "cancelled",
                name="supplytaskstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("fulfilled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code"], ["sites.code"], name=op.f("fk_supply_tasks_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_tasks")),
    )
    op.create_index(op.f("ix_supply_tasks_due_at"), "supply_tasks", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_supply_tasks_organization"), "supply_tasks", ["organization"], unique=False
    )
    op.create_index(
        op.f("ix_supply_tasks_sponsoring"), "supply_tasks", ["sponsoring"], unique=False
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "special", "incident", "concern", name="topickind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("open", "closed", "archived", name="topicstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("assigned_to", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_topics_site_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    op.create_index(op.f("ix_topics_assigned_to"), "topics", ["assigned_to"], unique=False)
    op.create_index(op.f("ix_topics_site_code"), "topics", ["site_code"], unique=False)
    op.create_index(op.f("ix_topics_sponsoring"), "topics", ["sponsoring"], unique=False)
    op.create_table(
        "contributions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("contributor", sa.String(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "returned",
                "adopted",
                "declined",
                "withdrawn",
                name="contributionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "findings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code"], ["sites.code"], name=op.f("fk_contributions_site_code")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["supply_tasks.id"], name=op.f("fk_contributions_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint("item_id", name=op.f("uq_contributions_item_id")),
    )
    op.create_index(
        op.f("ix_contributions_organization"), "contributions", ["organization"], unique=False
    )
    op.create_index(
        op.f("ix_contributions_sponsoring"), "contributions", ["sponsoring"], unique=False
    )
    op.create_table(
        "topic_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "authoritative_release",
                "press_conference",
                "response",
                name="clockkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "met",
                "late",
                "missed",
                "explained",
                name="clockstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_topic_clocks_topic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_clocks")),
        sa.UniqueConstraint("topic_id", "kind", name=op.f("uq_topic_clocks_topic_id_kind")),
    )
    op.create_index(op.f("ix_topic_clocks_due_at"), "topic_clocks", ["due_at"], unique=False)
    op.add_column("live", sa.Column("topic_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_live_topic",
        "live",
        ["topic_id", "first_public_at", "item_id"],
        unique=False,
        postgresql_where=sa.text("topic_id IS NOT NULL AND origin_item_id IS NULL"),
    )
    op.add_column("revisions", sa.Column("topic_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("revisions", "topic_id")
    op.drop_index(
        "ix_live_topic",
        table_name="live",
        postgresql_where=sa.text("topic_id IS NOT NULL AND origin_item_id IS NULL"),
    )
    op.drop_column("live", "topic_id")
    op.drop_index(op.f("ix_topic_clocks_due_at"), table_name="topic_clocks")
    op.drop_table("topic_clocks")
    op.drop_index(op.f("ix_contributions_sponsoring"), table_name="contributions")
    op.drop_index(op.f("ix_contributions_organization"), table_name="contributions")
    op.drop_table("contributions")
    op.drop_index(op.f("ix_topics_sponsoring"), table_name="topics")
    op.drop_index(op.f("ix_topics_site_code"), table_name="topics")
    op.drop_index(op.f("ix_topics_assigned_to"), table_name="topics")
    op.drop_table("topics")
    op.drop_index(op.f("ix_supply_tasks_sponsoring"), table_name="supply_tasks")
    op.drop_index(op.f("ix_supply_tasks_organization"), table_name="supply_tasks")
    op.drop_index(op.f("ix_supply_tasks_due_at"), table_name="supply_tasks")
    op.drop_table("supply_tasks")
    op.drop_index(op.f("ix_commissions_sponsoring"), table_name="commissions")
    op.drop_table("commissions")
    op.drop_index(op.f("ix_experts_organization"), table_name="experts")
    op.drop_table("experts")
