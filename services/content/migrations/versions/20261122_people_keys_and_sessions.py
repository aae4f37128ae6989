"""people, keys and sessions.

A program's secret becomes its first key, which holds for a year from now, and each family of
refresh tokens becomes a session. Columns move: stop the content API of the version before first.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "5b1d6e0c7a42"
down_revision: str | Sequence[str] | None = "b5b7644d103d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
POSTS = (
    "administrator",
    "supervisor",
    "editor",
    "leader",
    "secrecy_officer",
    "clerk",
    "handler",
    "assessor",
    "correspondent",
    "liaison",
    "reviewer",
)


def upgrade() -> None:
    op.add_column("people", sa.Column("identity_issuer", sa.String(), nullable=True))
    op.add_column("people", sa.Column("identity_subject", sa.String(), nullable=True))
    op.create_index(op.f("ix_people_organization"), "people", ["organization"])
    op.create_unique_constraint(
        op.f("uq_people_identity_issuer_identity_subject"),
        "people",
        ["identity_issuer", "identity_subject"],
    )
    _open_delegations()
    _turn_secrets_into_keys()
    _turn_families_into_sessions()
    op.add_column(
        "failed_logins",
        sa.Column(
            "address_digest", sa.LargeBinary(), server_default=sa.text("''"), nullable=False
        ),
    )
    op.add_column(
        "failed_logins",
        sa.Column("familiar", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.drop_index(op.f("ix_failed_logins_login"), table_name="failed_logins")
    op.create_index("ix_failed_logins_recent", "failed_logins", ["login", "failed_at"])
    op.create_index(op.f("ix_failed_logins_failed_at"), "failed_logins", ["failed_at"])
    op.create_table(
        "used_assertions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_assertions")),
    )
    op.create_index(op.f("ix_used_assertions_expires_at"), "used_assertions", ["expires_at"])


def _open_delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*POSTS, name="postkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_delegations_giver_id")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["people.id"], name=op.f("fk_delegations_receiver_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(op.f("ix_delegations_giver_id"), "delegations", ["giver_id"])
    op.create_index(op.f("ix_delegations_receiver_id"), "delegations", ["receiver_id"])


def _turn_secrets_into_keys() -> None:
    op.create_table(
        "client_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sites", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("columns", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("verbs", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_keys_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_client_keys_digest")),
    )
    op.create_index(op.f("ix_client_keys_client_id"), "client_keys", ["client_id"])
    op.execute(
        "INSERT INTO client_keys (id, client_id, name, digest, verbs, created_at, expires_at)"
        " SELECT gen_random_uuid(), id, name, secret_digest, '[\"subscribe\"]', now(),"
        " now() + interval '366 days' FROM clients"
    )
    op.drop_column("clients", "secret_digest")


def _turn_families_into_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"])
    op.execute(
        "INSERT INTO sessions (id, person_id, opened_at, used_at, expires_at, ended_at, device,"
        " address_digest)"
        " SELECT family, person_id, min(expires_at) - interval '12 hours',"
        " max(expires_at) - interval '12 hours', max(expires_at), max(revoked_at), '', ''"
        " FROM refresh_tokens GROUP BY family, person_id"
    )
    op.drop_index(op.f("ix_refresh_tokens_family"), table_name="refresh_tokens")
    op.alter_column("refresh_tokens", "family", new_column_name="session_id")
    op.create_index(op.f("ix_refresh_tokens_session_id"), "refresh_tokens", ["session_id"])
    op.create_index(op.f("ix_refresh_tokens_expires_at"), "refresh_tokens", ["expires_at"])
    op.create_foreign_key(
        op.f("fk_refresh_tokens_session_id"),
        "refresh_tokens",
        "sessions",
        ["session_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.drop_column("refresh_tokens", "person_id")
    op.drop_column("refresh_tokens", "revoked_at")


def downgrade() -> None:
    op.drop_table("used_assertions")
    op.drop_index(op.f("ix_failed_logins_failed_at"), table_name="failed_logins")
    op.drop_index("ix_failed_logins_recent", table_name="failed_logins")
    op.create_index(op.f("ix_failed_logins_login"), "failed_logins", ["login"])
    op.drop_column("failed_logins", "familiar")
    op.drop_column("failed_logins", "address_digest")
    _turn_sessions_into_families()
    _turn_keys_into_secrets()
    op.drop_table("delegations")
    op.drop_constraint(
        op.f("uq_people_identity_issuer_identity_subject"), "people", type_="unique"
    )
    op.drop_index(op.f("ix_people_organization"), table_name="people")
    op.drop_column("people", "identity_subject")
    op.drop_column("people", "identity_issuer")


def _turn_sessions_into_families() -> None:
    op.add_column("refresh_tokens", sa.Column("revoked_at", MOMENT, nullable=True))
    op.add_column("refresh_tokens", sa.Column("person_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE refresh_tokens SET person_id = sessions.person_id, revoked_at = sessions.ended_at"
        " FROM sessions WHERE sessions.id = session_id"
    )
    op.alter_column("refresh_tokens", "person_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_refresh_tokens_person_id"), "refresh_tokens", "people", ["person_id"], ["id"]
    )
    op.drop_constraint(op.f("fk_refresh_tokens_session_id"), "refresh_tokens", type_="foreignkey")
    op.drop_index(op.f("ix_refresh_tokens_expires_at"), table_name="refresh_tokens")
    op.drop_index(op.f("ix_refresh_tokens_session_id"), table_name="refresh_tokens")
    op.alter_column("refresh_tokens", "session_id", new_column_name="family")
    op.create_index(op.f("ix_refresh_tokens_family"), "refresh_tokens", ["family"])
    op.drop_table("sessions")


def _turn_keys_into_secrets() -> None:
    op.add_column("clients", sa.Column("secret_digest", sa.LargeBinary(), nullable=True))
    # A program of the version before has one secret, and that version knows only partners.
    op.execute(
        "UPDATE clients SET secret_digest = (SELECT digest FROM client_keys"
        " WHERE client_id = clients.id ORDER BY created_at, id LIMIT 1)"
    )
    op.drop_table("client_keys")
    op.execute("DELETE FROM clients WHERE kind <> 'partner'")
    op.alter_column("clients", "secret_digest", nullable=False)
