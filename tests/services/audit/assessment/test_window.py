from datetime import UTC, date, datetime, timedelta

import pytest

from services.audit.assessment.scoring import Window
from services.audit.assessment.window import WindowOutOfRange, check, overlap

QUARTER = Window(date(2026, 1, 1), date(2026, 3, 31))


def test_a_window_that_is_over_is_taken() -> None:
    check(QUARTER, QUARTER.end)
    check(Window(QUARTER.start, QUARTER.start), QUARTER.start)
    check(Window(date(2024, 1, 1), date(2024, 12, 31)), QUARTER.end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (QUARTER.end, QUARTER.start),
        (QUARTER.start, QUARTER.end + timedelta(days=1)),
        (QUARTER.end - timedelta(days=366), QUARTER.end),
        (date.min, date.max),
    ],
)
def test_any_other_window_is_refused(start: date, end: date) -> None:
    with pytest.raises(WindowOutOfRange):
        check(Window(start, end), QUARTER.end)


def test_a_finding_counts_only_the_days_it_stood_within_the_window() -> None:
    evening = datetime(2026, 2, 1, 16, tzinfo=UTC)  # already the second in Bengbu
    assert overlap(QUARTER, evening, None) == Window(date(2026, 2, 2), QUARTER.end)
    early = evening - timedelta(days=90)
    assert overlap(QUARTER, early, evening) == Window(QUARTER.start, date(2026, 2, 2))
    assert overlap(QUARTER, early, evening + timedelta(days=90)) == QUARTER
