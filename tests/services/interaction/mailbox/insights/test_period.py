from datetime import date

import pytest

from services.interaction.mailbox.insights.period import Period, period_of
from shared.problem import Invalid


def test_a_month_has_all_its_days() -> None:
    assert period_of("2028-02", None, None) == Period(date(2028, 2, 1), date(2028, 2, 29))


def test_two_days_are_a_period_of_a_year_at_most() -> None:
    year = period_of(None, date(2028, 1, 1), date(2028, 12, 31))
    assert (year.until - year.since).days == 365
    for since, until in (
        (date(2026, 1, 2), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2027, 1, 2)),
    ):
        with pytest.raises(Invalid):
            period_of(None, since, until)


def test_either_a_month_or_two_days() -> None:
    for given in ((None, None, None), (None, date(2026, 1, 1), None)):
        with pytest.raises(Invalid):
            period_of(*given)
    with pytest.raises(Invalid):
        period_of("2026-01", date(2026, 1, 1), None)
