from datetime import timedelta

import pytest

from services.content.syndication.intake.pace import (
    after_failure,
    after_success,
    is_failing,
    is_quiet,
    page_pause,
    usual_gap,
)
from tests.support.people import NOW

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EVEN = 0.5  # chance that spreads nothing


@pytest.mark.parametrize(
    ("ttl", "max_age", "minutes"),
    [(None, None, 60), (30, None, 30), (None, 1800, 30), (30, 7200, 120), (1, 5, 10)],
)
def test_a_feed_is_asked_as_often_as_it_asks_within_limits(
    ttl: int | None, max_age: int | None, minutes: int
) -> None:
    assert after_success(ttl, max_age, EVEN) == minutes * MINUTE


def test_even_one_that_wants_to_be_left_alone_is_asked_daily() -> None:
    assert after_success(100_000, None, EVEN) == DAY


def test_a_change_feed_that_has_more_is_asked_on() -> None:
    assert after_success(None, 3600, EVEN, has_more=True) == timedelta(seconds=2)


def test_pauses_double_up_to_a_limit_spread_by_chance_and_never_below_what_is_asked() -> None:
    pauses = [after_failure(times, timedelta(), EVEN) for times in (1, 2, 3, 30)]
    assert pauses == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 720 * MINUTE]
    assert after_failure(1, timedelta(), 0) < after_failure(1, timedelta(), 0.99)
    assert after_failure(1, DAY, EVEN) == DAY


def test_a_feed_fails_from_the_third_time_on() -> None:
    assert [is_failing(times) for times in (1, 2, 3)] == [False, False, True]


def test_a_rhythm_is_the_middle_gap_once_there_are_enough_entries() -> None:
    published = [NOW, NOW + DAY, NOW + 2 * DAY, NOW + 9 * DAY]
    assert usual_gap(published[:3]) is None
    assert usual_gap(published) == DAY


def test_a_feed_is_quiet_far_beyond_its_rhythm_and_not_before_a_week() -> None:
    assert not is_quiet(NOW, 24, NOW + 6 * DAY)
    assert is_quiet(NOW, 24, NOW + 8 * DAY)
    assert not is_quiet(NOW, 24 * 7, NOW + 20 * DAY)
    assert is_quiet(NOW, 24 * 7, NOW + 29 * DAY)
    assert not is_quiet(None, None, NOW)


def test_a_page_is_tried_three_times() -> None:
    assert [page_pause(times) for times in (1, 2, 3)] == [5 * MINUTE, 60 * MINUTE, None]
