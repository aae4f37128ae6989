import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from services.content.delivery.caching import (
    SHORTEST_TO_PRESS,
    etag_of,
    etag_pressed,
    is_known,
    is_pressed,
    is_unmodified,
    press,
)

ETAG = etag_of(b"answer")
LONG = b"answer " * SHORTEST_TO_PRESS
THEN = datetime(2026, 3, 2, 1, 0, 0, 900_000, UTC)


@pytest.mark.parametrize(
    ("held", "known"),
    [
        (None, False),
        ("", False),
        (ETAG, True),
        (f"W/{ETAG}", True),
        (f'"other", {ETAG}', True),
        (f'"other",W/{ETAG} ', True),
        (f'{ETAG[:-1]}-gzip"', True),
        ("*", True),
        ('"other"', False),
        (ETAG.strip('"'), False),
        (ETAG[:-2] + '"', False),
    ],
)
def test_a_reader_holds_an_answer_if_any_of_its_validators_says_so(
    held: str | None,
    known: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_known(held, ETAG) is known


def test_other_bytes_have_another_validator() -> None:
    assert etag_of(b"answer ") != ETAG


@pytest.mark.parametrize("taken", ["gzip", "br, gzip;q=0.5", "GZIP; q=1.0, *;q=0"])
def test_a_long_answer_is_pressed_for_who_can_read_it(taken: str) -> None:
    assert is_pressed(LONG, taken)
    assert not is_pressed(LONG[: SHORTEST_TO_PRESS - 1], taken)


@pytest.mark.parametrize("taken", [None, "", "br", "identity", "gzip;q=0", "br, gzip; q=0.000"])
def test_nobody_gets_what_they_cannot_read(taken: str | None) -> None:
    assert not is_pressed(LONG, taken)


def test_what_is_pressed_is_the_answer_the_same_every_time() -> None:
    assert gzip.decompress(press(LONG)) == LONG
    assert press(LONG) == press(LONG)
    assert etag_pressed(ETAG) != ETAG


@pytest.mark.parametrize(
    ("since", "modified", "unmodified"),
    [
        (format_datetime(THEN, usegmt=True), THEN, True),
        (format_datetime(THEN + timedelta(seconds=1), usegmt=True), THEN, False),
        (format_datetime(THEN - timedelta(seconds=1), usegmt=True), THEN, False),
        ("Mon, 02 Mar 2026 09:00:00 -0000", THEN, False),  # it names no zone
        ("yesterday", THEN, False),
        (None, THEN, False),
        (format_datetime(THEN, usegmt=True), None, False),
    ],
)
def test_an_answer_is_known_by_the_very_date_that_came_with_it(
    since: str | None,
    modified: datetime | None,
    unmodified: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_unmodified(since, modified) is unmodified
