from datetime import date

import pytest

from services.interaction.mailbox.sorting import co_handling, moving
from shared.contracts.sorting import LetterMoveKind, LetterPart
from shared.figures import Confidence, Source

LIMIT = moving.Transfers(
    source=Source(document="d", clause="c", confidence=Confidence.OWN), among_units=2
)


def test_units_pass_a_letter_on_as_often_as_the_figure_says() -> None:
    for before in (0, 1):
        moving.refuse_passing_on(before, LIMIT)
    with pytest.raises(moving.TooManyTransfers):
        moving.refuse_passing_on(2, LIMIT)
    assert moving.transfers().among_units >= 1


@pytest.mark.parametrize("kind", LetterMoveKind)
def test_a_unit_asked_for_help_is_no_lead(kind: LetterMoveKind) -> None:
    helps = kind in {"asked", "released"}
    assert moving.part(kind) is (LetterPart.CO_HANDLER if helps else LetterPart.LEAD)


def test_the_writer_reads_the_units_and_the_public_reason() -> None:
    assert moving.told("甲局", "乙局", "不属本局职责") == "由甲局转至乙局：不属本局职责"
    assert moving.told("甲局", None, "不属本局职责") == "由甲局退回：不属本局职责"


@pytest.mark.parametrize(
    ("due_on", "wrong"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 3, 2), False),
        (date(2026, 3, 23), False),
        (date(2026, 3, 24), True),
    ],
)
def test_help_is_due_before_the_answer_is(due_on: date, *, wrong: bool) -> None:
    today, due = date(2026, 3, 2), date(2026, 3, 23)
    assert bool(co_handling.sub_date_fault(due_on, due, today, "/co_handlers/0")) is wrong


def test_help_with_an_overdue_letter_is_due_today() -> None:
    today, due = date(2026, 3, 25), date(2026, 3, 23)
    assert not co_handling.sub_date_fault(today, due, today, "")


def test_a_letter_is_seen_from_each_unit_asked_and_from_all_above() -> None:
    assert co_handling.seen_from(["1.2.3", "1.4"]) == ["1", "1.2", "1.2.3", "1.4"]
    assert co_handling.seen_from([]) is None
