"""Letters have more states, publication is no state, and steps bear a note."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a1c07d95e20"
down_revision: str | Sequence[str] | None = "e784e0967a72"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FORMER = {
    "nobody_answers_undispatched": "state = 'received' OR organization IS NOT NULL",
    "answered_on_a_day": "(state IN ('answered', 'published')) = (answered_on IS NOT NULL)",
}
PRESENT = {
    "nobody_answers_undispatched": (
        "state NOT IN ('dispatched', 'drafted', 'answered', 'resolved', 'unresolved') "
        "OR organization IS NOT NULL"
    ),
    "answered_on_a_day": (
        "state NOT IN ('answered', 'resolved', 'unresolved') OR answered_on IS NOT NULL"
    ),
}


def upgrade() -> None:
    op.add_column("letters", sa.Column("published_on", sa.Date(), nullable=True))
    op.add_column("letter_steps", sa.Column("sealed_note", sa.LargeBinary(), nullable=True))
    for name in FORMER:
        op.drop_constraint(op.f(f"ck_letters_{name}"), "letters", type_="check")
    op.execute(
        "UPDATE letters SET state = 'answered', published_on = "
        "(published_letters.published_at AT TIME ZONE 'Asia/Shanghai')::date "
        "FROM published_letters WHERE published_letters.number = letters.number"
    )
    for name, condition in PRESENT.items():
        op.create_check_constraint(op.f(f"ck_letters_{name}"), "letters", condition)
    op.create_check_constraint(
        op.f("ck_letters_published_with_consent"), "letters", "published_on IS NULL OR may_publish"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_letters_published_with_consent"), "letters", type_="check")
    for name in PRESENT:
        op.drop_constraint(op.f(f"ck_letters_{name}"), "letters", type_="check")
    op.execute("UPDATE letters SET state = 'published' WHERE published_on IS NOT NULL")
    for name, condition in FORMER.items():
        op.create_check_constraint(op.f(f"ck_letters_{name}"), "letters", condition)
    op.drop_column("letter_steps", "sealed_note")
    op.drop_column("letters", "published_on")
