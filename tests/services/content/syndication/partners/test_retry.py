from datetime import UTC, datetime, timedelta

import pytest

from services.content.syndication.partners.retry import (
    Reply,
    asked_rest,
    figures,
    given_up,
    is_received,
    pause,
    rest,
)
from shared.contracts.subscribing import GivenUp

MIDDLE = 0.5
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_pauses_grow_and_are_spread_by_chance() -> None:
    pauses = [pause(attempts, MIDDLE) for attempts in range(1, figures().most_attempts)]
    assert pauses[0] == timedelta(seconds=5)
    assert pauses == sorted(pauses)
    assert pause(2, 0) < pause(2, MIDDLE) < pause(2, 0.99)
    assert pause(2, 0.99) <= pause(2, MIDDLE) * 1.25


def test_all_attempts_together_take_days() -> None:
    spent = (pause(attempts, MIDDLE) for attempts in range(1, figures().most_attempts))
    assert timedelta(days=3) < sum(spent, timedelta()) < timedelta(days=4)


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


@pytest.mark.parametrize(
    ("status", "attempts", "why"),
    [
        (400, 4, None),
        (400, 5, GivenUp.REFUSED),
        (302, 5, GivenUp.REFUSED),
        (404, 5, GivenUp.REFUSED),
        *((status, 9, None) for status in (None, 408, 425, 429, 500, 502, 503, 504)),
        *((status, 10, GivenUp.UNANSWERED) for status in (None, 408, 425, 429, 500, 503)),
    ],
)
def test_what_says_something_of_the_message_is_given_up_sooner(
    status: int | None, attempts: int, why: GivenUp | None
) -> None:
    assert given_up(status, attempts) is why


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (None, 0),
        ("120", 120),
        (" 120 ", 120),
        ("0000000000120", 120),
        ("0", 0),
        ("999999999999", 24 * 3600),
        ("-5", 0),
        ("1.5", 0),
        ("²", 0),
        ("soon", 0),
        ("", 0),
        ("Mon, 02 Mar 2026 01:10:00 GMT", 600),
        ("Mon, 02 Mar 2026 01:10:00", 600),
        ("Mon, 02 Mar 2026 00:10:00 GMT", 0),
        ("Tue, 02 Mar 2027 01:10:00 GMT", 24 * 3600),
        ("Mon, 99 Mar 2026 01:10:00 GMT", 0),
    ],
)
def test_a_subscriber_may_ask_for_rest_within_bounds(asked: str | None, seconds: int) -> None:
    assert asked_rest(asked, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("reply", "failures", "seconds"),
    [
        (Reply(500), 1, 0),
        (Reply(None), 4, 0),
        (Reply(500), 5, 60),
        (Reply(500), 6, 120),
        (Reply(500), 5000, 3600),
        (Reply(429), 1, 5),
        (Reply(502), 1, 5),
        (Reply(503, retry_after="30"), 1, 30),
        (Reply(429, retry_after="30"), 1, 30),
        (Reply(503, retry_after="30"), 5, 60),
        (Reply(503, retry_after="7200"), 5, 7200),
    ],
)
def test_a_subscriber_rests_as_it_asks_and_the_longer_the_more_it_fails(
    reply: Reply, failures: int, seconds: int
) -> None:
    assert rest(reply, failures, NOW) == timedelta(seconds=seconds)
