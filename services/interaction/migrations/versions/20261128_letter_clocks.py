"""Every step of a letter has a clock, by terms a site chooses; late ones get cards."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "c10c4a7e51b2"
down_revision: str | Sequence[str] | None = "27acc9ee5c38"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BENGBU = {"document": "蚌政办秘〔2017〕97号", "clause": "二（一）互动栏目15个工作日内答复"}
ANHUI = {"document": "皖政办〔2015〕12号", "clause": "意见建议7个工作日内反馈（复杂的15个）"}
NATIONAL = {"document": "国办发〔2017〕47号", "clause": "纠错3个工作日内答复"}
OWN = {"document": "本项目", "confidence": "own"}
USUAL = {
    "label": "此前的办理期限",
    "steps": {
        "answer": {
            "every": {**BENGBU, "confidence": "F", "days": 15},
            "kinds": {
                "suggestion": {**ANHUI, "confidence": "F", "days": 7},
                "correction": {**NATIONAL, "confidence": "F", "days": 3},
            },
        },
        "evaluation": {
            "every": {
                "document": "铜陵市做法",
                "clause": "答复后20个工作日内评价，逾期默认满意",
                "confidence": "F",
                "days": 20,
            }
        },
    },
    "extension": {
        "document": "12345热线通行做法",
        "clause": "经批准可延期",
        "confidence": "K-m",
        "days": 15,
        "times": 1,
        "longest": 30,
    },
    "warnings": {
        **OWN,
        "clause": "临近期限的提醒",
        "days": [3, 1],
        "opens": "09:00:00",
        "closes": "18:00:00",
    },
    "red": {**OWN, "clause": "黄牌后仍未办结的发红牌", "days": 5},
    "alarms": {},
}
"""What letters were received under before sites chose."""

CARRIED_OVER = """
INSERT INTO letter_clocks
  (id, letter_id, terms_id, step, round, started_at, since, days, extended, due_on, provisional,
   calendar_version, explanation, met_on, said, due_at, attempts)
SELECT gen_random_uuid(), letters.id, letter_terms.id, 'answer', 1,
  letters.received_on::timestamp AT TIME ZONE 'Asia/Shanghai', letters.received_on,
  letters.due_days, 0, letters.due_on, letters.due_provisional, letters.calendar_version,
  letters.due_explanation, letters.answered_on,
  CASE WHEN former.due_at IS NULL AND letters.answered_on IS NULL
    THEN '["yellow-0"]'::jsonb ELSE '[]'::jsonb END,
  CASE WHEN letters.answered_on IS NULL THEN now() END, 0
FROM former_clocks AS former
JOIN letters ON letters.id = former.id
JOIN letter_terms ON letter_terms.site_code = letters.site_code
"""
CARDS_OF_OVERDUE = """
INSERT INTO letter_cards
  (id, clock_id, letter_id, site_code, sponsoring, organization, step, colour, state, due_on,
   given_at, version)
SELECT gen_random_uuid(), letter_clocks.id, letters.id, letters.site_code, letters.sponsoring,
  coalesce(letters.organization, letters.sponsoring), 'answer', 'yellow', 'given',
  letters.due_on, (letters.due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', 1
FROM letter_clocks JOIN letters ON letters.id = letter_clocks.letter_id
WHERE letter_clocks.said <> '[]'::jsonb
"""
FORMER_CLOCKS = """
INSERT INTO letter_clocks (id, due_at, attempts)
SELECT letter_id,
  min((due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
    FILTER (WHERE met_on IS NULL AND waived_on IS NULL AND NOT said @> '["yellow-0"]'), 0
FROM present_clocks WHERE step IN ('answer', 'next_answer') GROUP BY letter_id
"""


def upgrade() -> None:
    op.add_column("organizations", sa.Column("supervised_by", sa.String(), nullable=True))
    op.add_column("sites", sa.Column("supervising", sa.String(), nullable=True))
    # Whoever stands above the sponsor supervises it, until the registry tells who does.
    op.execute(
        "UPDATE sites SET supervising = coalesce(substring(sponsoring FROM '^(.*)\\.'), sponsoring)"
    )
    op.alter_column("sites", "supervising", nullable=False)
    _terms()
    op.drop_index("ix_letter_clocks_due_at", table_name="letter_clocks")
    op.rename_table("letter_clocks", "former_clocks")
    op.execute("ALTER TABLE former_clocks RENAME CONSTRAINT pk_letter_clocks TO pk_former_clocks")
    _clocks()
    _cards()
    _extensions()
    _recounts()
    op.get_bind().execute(
        sa.text(
            "INSERT INTO letter_terms (id, site_code, edition, policy, digest, document, set_by, "
            "set_at) SELECT gen_random_uuid(), site_code, 1, 'anhui-2015', 'carried-over', "
            "cast(:usual AS jsonb), 'system:interaction', now() "
            "FROM letters GROUP BY site_code"
        ),
        {"usual": json.dumps(USUAL, ensure_ascii=False)},
    )
    op.execute(CARRIED_OVER)
    op.execute(CARDS_OF_OVERDUE)
    op.drop_table("former_clocks")


def downgrade() -> None:
    op.drop_table("letter_recounts")
    op.drop_table("letter_extensions")
    op.drop_table("letter_cards")
    op.drop_index("ix_letter_clocks_due_at", table_name="letter_clocks")
    op.rename_table("letter_clocks", "present_clocks")
    op.execute(
        "ALTER TABLE present_clocks RENAME CONSTRAINT pk_letter_clocks TO pk_present_clocks"
    )
    op.create_table(
        "letter_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_due_columns(),
        sa.ForeignKeyConstraint(["id"], ["letters.id"], name=op.f("fk_letter_clocks_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_clocks")),
    )
    op.create_index(op.f("ix_letter_clocks_due_at"), "letter_clocks", ["due_at"])
    op.execute(FORMER_CLOCKS)
    op.drop_table("present_clocks")
    op.drop_table("letter_terms")
    op.drop_column("sites", "supervising")
    op.drop_column("organizations", "supervised_by")


def _due_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
    ]


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _word(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _ruled() -> list[sa.Column[object]]:
    return [
        sa.Column("sealed_ruling_reason", sa.LargeBinary(), nullable=True),
        sa.Column("ruled_by", sa.String(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _terms() -> None:
    op.create_table(
        "letter_terms",
        _id(),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("beyond_reason", sa.String(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_terms")),
        sa.UniqueConstraint(
            "site_code", "edition", name=op.f("uq_letter_terms_site_code_edition")
        ),
    )


def _clocks() -> None:
    op.create_table(
        "letter_clocks",
        _id(),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("terms_id", sa.Uuid(), nullable=False),
        _word("step"),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(), nullable=True),
        sa.Column("explanation", postgresql.JSONB(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("said", postgresql.JSONB(), nullable=False),
        *_due_columns(),
        _foreign("letter_clocks", "letter_id", "letters.id"),
        _foreign("letter_clocks", "terms_id", "letter_terms.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_clocks")),
        sa.UniqueConstraint(
            "letter_id", "step", "round", name=op.f("uq_letter_clocks_letter_id_step_round")
        ),
    )
    op.create_index(op.f("ix_letter_clocks_due_at"), "letter_clocks", ["due_at"])
    running = sa.text("met_on IS NULL AND waived_on IS NULL AND due_on IS NOT NULL")
    op.create_index("ix_letter_clocks_running", "letter_clocks", ["id"], postgresql_where=running)


def _cards() -> None:
    op.create_table(
        "letter_cards",
        _id(),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("sponsoring", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        _word("step"),
        _word("colour"),
        _word("state"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_explanation", sa.LargeBinary(), nullable=True),
        sa.Column("explained_by", sa.String(), nullable=True),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        *_ruled(),
        _foreign("letter_cards", "clock_id", "letter_clocks.id"),
        _foreign("letter_cards", "letter_id", "letters.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_cards")),
    )
    op.create_index("ix_letter_cards_letter_id", "letter_cards", ["letter_id"])
    op.create_index("ix_letter_cards_site_code_id", "letter_cards", ["site_code", "id"])
    op.create_index(
        "uq_letter_cards_clock_id_colour",
        "letter_cards",
        ["clock_id", "colour"],
        unique=True,
        postgresql_where=sa.text("state <> 'lifted'"),
    )


def _extensions() -> None:
    op.create_table(
        "letter_extensions",
        _id(),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("site_code", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        _word("step"),
        sa.Column("days", sa.Integer(), nullable=False),
        _word("state"),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_for_writer", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_ruled(),
        _foreign("letter_extensions", "letter_id", "letters.id"),
        _foreign("letter_extensions", "clock_id", "letter_clocks.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_extensions")),
    )
    op.create_index(op.f("ix_letter_extensions_letter_id"), "letter_extensions", ["letter_id"])
    op.create_index(
        "uq_letter_extensions_clock_id",
        "letter_extensions",
        ["clock_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )


def _recounts() -> None:
    op.create_table(
        "letter_recounts",
        _id(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        *_due_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_recounts")),
        sa.UniqueConstraint("year", name=op.f("uq_letter_recounts_year")),
    )
    op.create_index(op.f("ix_letter_recounts_due_at"), "letter_recounts", ["due_at"])
