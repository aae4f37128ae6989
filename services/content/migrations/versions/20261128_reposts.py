"""Reposts: fidelity, hops, notes, declines, the sites' own rules and words."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "b7d2046f91ce"
down_revision: str | Sequence[str] | None = "b7d2e94c1a60"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JSONB = postgresql.JSONB(astext_type=sa.Text())
INSTANT = sa.DateTime(timezone=True)
FIDELITY = sa.String(length=40)
KNOWN = """
UPDATE live SET origin_hash = content_hash, fidelity = 'verbatim', hops = jsonb_build_array(
  jsonb_build_object('site_code', origin_site_code, 'item_id', origin_item_id,
    'taken_by', site_code, 'at', to_jsonb(first_public_at)))
WHERE origin_item_id IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("live", sa.Column("origin_hash", sa.String(), nullable=True))
    op.add_column("live", sa.Column("fidelity", FIDELITY, nullable=True))
    op.add_column("live", sa.Column("hops", JSONB, nullable=True))
    op.add_column("live", sa.Column("local_note", sa.String(), nullable=True))
    op.execute(KNOWN)
    op.create_check_constraint(
        op.f("ck_live_verbatim"), "live", "fidelity <> 'verbatim' OR content_hash = origin_hash"
    )
    op.add_column(
        "directives", sa.Column("fidelity", FIDELITY, server_default="verbatim", nullable=False)
    )
    op.add_column("obligations", sa.Column("decline_id", sa.Uuid(), nullable=True))
    op.add_column("obligations", sa.Column("accepted_by", sa.Uuid(), nullable=True))
    op.add_column(
        "obligations", sa.Column("hindrances", JSONB, server_default="[]", nullable=False)
    )
    op.create_index(op.f("ix_obligations_repost_id"), "obligations", ["repost_id"])
    op.create_table(
        "declines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declined_by", sa.String(), nullable=False),
        sa.Column("declined_at", INSTANT, nullable=False),
        sa.Column("ruling", sa.String(length=40), nullable=True),
        sa.Column("ruled_by", sa.String(), nullable=True),
        sa.Column("ruled_at", INSTANT, nullable=True),
        sa.Column("ruling_reason", sa.String(), nullable=True),
        sa.Column("deadline", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_declines_obligation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declines")),
    )
    op.create_index(op.f("ix_declines_obligation_id"), "declines", ["obligation_id"])
    op.create_table(
        "acceptance_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("column_id", sa.Uuid(), nullable=False),
        sa.Column("issuers", JSONB, nullable=False),
        sa.Column("kinds", JSONB, nullable=False),
        sa.Column("subjects", JSONB, nullable=False),
        sa.Column("asks", JSONB, nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("grants", JSONB, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code"], ["sites.code"], name=op.f("fk_acceptance_rules_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_rules")),
    )
    op.create_index(op.f("ix_acceptance_rules_site_code"), "acceptance_rules", ["site_code"])
    op.create_table(
        "acceptances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_acceptances_obligation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptances")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_acceptances_obligation_id")),
    )
    op.create_index(op.f("ix_acceptances_due_at"), "acceptances", ["due_at"])
    op.create_table(
        "rewordings",
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("column_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("local_note", sa.String(), nullable=True),
        sa.Column("origin_hash", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("approvals", JSONB, nullable=False),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_rewordings_obligation_id")
        ),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_rewordings")),
    )
    op.create_index("ix_rewordings_site", "rewordings", ["site_code", "obligation_id"])


def downgrade() -> None:
    for table in ("rewordings", "acceptances", "acceptance_rules", "declines"):
        op.drop_table(table)
    op.drop_index(op.f("ix_obligations_repost_id"), "obligations")
    for name in ("hindrances", "accepted_by", "decline_id"):
        op.drop_column("obligations", name)
    op.drop_column("directives", "fidelity")
    op.drop_constraint(op.f("ck_live_verbatim"), "live")
    for name in ("local_note", "hops", "fidelity", "origin_hash"):
        op.drop_column("live", name)
