"""Tasks, parts and review levels."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "04d3675d4a47"
down_revision: str | Sequence[str] | None = "316412d9fa6d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# A reviewer who wrote in the item later had reviewed a text that stands no more.
TAKEN_PART = (
    "INSERT INTO parts SELECT DISTINCT item_id, author, 'writer' FROM revisions",
    """DELETE FROM approvals USING parts
    WHERE parts.item_id = approvals.item_id AND parts.person = approvals.reviewer""",
    "INSERT INTO parts SELECT DISTINCT item_id, reviewer, 'reviewer' FROM approvals",
)
UNDER_REVIEW = """UPDATE items SET steps = '["leader", "secrecy"]' WHERE stage <> 'draft'"""


def upgrade() -> None:
    op.create_table(
        "parts",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("writer", "reviewer", name="partkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("item_id", "person", name=op.f("pk_parts")),
        sa.UniqueConstraint(
            "item_id", "person", "kind", name=op.f("uq_parts_item_id_person_kind")
        ),
    )
    op.create_table(
        "review_levels",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("levels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization"], ["organizations.path"], name=op.f("fk_review_levels_organization")
        ),
        sa.PrimaryKeyConstraint("organization", name=op.f("pk_review_levels")),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_comments_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_item_id"), "comments", ["item_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "write", "review", "after_review", name="taskkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "leader",
                "secrecy",
                "first_review",
                "second_review",
                "proofreading",
                "legality",
                name="reviewstep",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "done", "returned", "dropped", name="taskoutcome", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_tasks_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_assignee"), "tasks", ["assignee"], unique=False)
    op.create_index(op.f("ix_tasks_due_at"), "tasks", ["due_at"], unique=False)
    op.create_index(op.f("ix_tasks_item_id"), "tasks", ["item_id"], unique=False)
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["sponsoring", "id"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    for statement in TAKEN_PART:
        op.execute(statement)
    op.add_column(
        "approvals",
        sa.Column(
            "part", sa.String(), sa.Computed("'reviewer'::text", persisted=True), nullable=False
        ),
    )
    op.create_foreign_key(
        op.f("fk_approvals_item_id_reviewer_part"),
        "approvals",
        "parts",
        ["item_id", "reviewer", "part"],
        ["item_id", "person", "kind"],
    )
    op.add_column("items", sa.Column("emergency_reason", sa.String(), nullable=True))
    op.add_column(
        "items",
        sa.Column(
            "steps",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.execute(UNDER_REVIEW)
    op.add_column(
        "revisions",
        sa.Column(
            "part", sa.String(), sa.Computed("'writer'::text", persisted=True), nullable=False
        ),
    )
    op.create_foreign_key(
        op.f("fk_revisions_item_id_author_part"),
        "revisions",
        "parts",
        ["item_id", "author", "part"],
        ["item_id", "person", "kind"],
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_revisions_item_id_author_part"), "revisions", type_="foreignkey")
    op.drop_column("revisions", "part")
    op.drop_column("items", "steps")
    op.drop_column("items", "emergency_reason")
    op.drop_constraint(op.f("fk_approvals_item_id_reviewer_part"), "approvals", type_="foreignkey")
    op.drop_column("approvals", "part")
    op.drop_index(
        "ix_tasks_open", table_name="tasks", postgresql_where=sa.text("settled_at IS NULL")
    )
    op.drop_index(op.f("ix_tasks_item_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_due_at"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_assignee"), table_name="tasks")
    op.drop_table("tasks")
    op.drop_index(op.f("ix_comments_item_id"), table_name="comments")
    op.drop_table("comments")
    op.drop_table("review_levels")
    op.drop_table("parts")
