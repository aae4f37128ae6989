from datetime import date

import pytest

from services.interaction.participation.consultations.terms import report_due, terms
from shared.contracts.consulting import ConsultationKind
from shared.workdays import Calendar

OFFICIAL = Calendar.official()


@pytest.mark.parametrize(
    ("closes_on", "due_on", "provisional"),
    [
        ("2026-03-13", "2026-04-13", False),
        ("2026-04-01", "2026-05-06", False),  # 1 May and the days after are off
        ("2026-01-31", "2026-02-28", False),  # no 31st, and a Saturday that is worked
        ("2026-01-15", "2026-02-24", False),  # within the spring festival
        ("2025-12-04", "2026-01-04", False),  # a Sunday that is worked
        ("2026-12-20", "2027-01-20", True),
    ],
)
def test_a_report_is_owed_a_month_on_or_the_next_working_day(
    closes_on: str,
    due_on: str,
    provisional: bool,  # noqa: FBT001  # a case
) -> None:
    due = report_due(date.fromisoformat(closes_on), 1, OFFICIAL)
    assert due == (date.fromisoformat(due_on), provisional)


def test_every_kind_has_a_term_with_its_source() -> None:
    assert terms().shortest.keys() == set(ConsultationKind)
    assert {term.days for term in terms().shortest.values()} == {7, 30}
    assert terms().report.document == "国办秘函〔2019〕19号"
