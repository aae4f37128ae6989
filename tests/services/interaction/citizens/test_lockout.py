from datetime import UTC, datetime, timedelta

import pytest

from services.interaction.citizens.lockout import (
    TooManyWrongCodes,
    Tries,
    patience,
    refuse_if_locked,
)

LIMIT = patience()
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_tenth_wrong_code_closes_the_number_for_the_rest_of_the_quarter_hour() -> None:
    refuse_if_locked(None, 10, LIMIT, NOW)
    refuse_if_locked(Tries(9, NOW), 10, LIMIT, NOW)
    with pytest.raises(TooManyWrongCodes) as locked:
        refuse_if_locked(Tries(10, NOW - timedelta(minutes=5)), 10, LIMIT, NOW)
    assert locked.value.headers["Retry-After"] == "600"
    assert "10 分钟" in locked.value.detail


def test_after_a_quarter_of_an_hour_it_opens_again() -> None:
    refuse_if_locked(Tries(10, NOW - timedelta(minutes=15)), 10, LIMIT, NOW)
