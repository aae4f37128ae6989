from datetime import timedelta

import pytest

from services.content.syndication.retry import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    is_received,
    pause,
)

MIDDLE = 0.5


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [pause(attempts, MIDDLE) for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_chance_spreads_a_pause_by_a_quarter() -> None:
    assert pause(1, 0) == FIRST_PAUSE * 0.75
    assert pause(1, 0.999) < FIRST_PAUSE * 1.25


def test_all_attempts_together_take_days() -> None:
    whole = sum((pause(attempts, MIDDLE) for attempts in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(days=3) < whole < timedelta(days=4)


@pytest.mark.parametrize(
    ("status", "received"),
    [
        (None, False),
        (199, False),
        (200, True),
        (204, True),
        (299, True),
        (302, False),
        (500, False),
    ],
)
def test_only_a_two_hundred_is_a_receipt(status: int | None, received: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_received(status) is received
