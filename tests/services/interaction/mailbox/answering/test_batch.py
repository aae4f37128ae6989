from datetime import date, timedelta

import pytest

from services.interaction.mailbox.answering.batch import Day, batch
from services.interaction.mailbox.answering.wording import wording
from shared.contracts.answers import FindingSeverity

TODAY = date(2026, 3, 10)
WEEKS = timedelta(days=20)


def test_many_answers_on_one_day_after_weeks_of_silence_are_a_batch() -> None:
    found = batch(Day(9, TODAY - WEEKS), TODAY, wording())
    assert found is not None
    assert (found.letters, found.severity) == (10, FindingSeverity.HINT)
    assert "此前20天" in found.message


@pytest.mark.parametrize(
    "day",
    [
        Day(8, TODAY - WEEKS),
        Day(30, TODAY - timedelta(days=3)),
        Day(30, None),
    ],
)
def test_a_busy_day_is_none(day: Day) -> None:
    assert batch(day, TODAY, wording()) is None
