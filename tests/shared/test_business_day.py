from datetime import UTC, date, datetime

from shared.business_day import business_date, end_of


def test_the_day_is_that_of_beijing() -> None:
    assert business_date(datetime(2026, 3, 2, 15, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert business_date(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == date(2026, 3, 3)


def test_a_day_lasts_until_midnight_in_beijing() -> None:
    assert end_of(date(2026, 3, 2)) == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
