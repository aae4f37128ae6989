from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.link_reading.dead_link import (
    DEAD,
    UNHEARD,
    Known,
    Reading,
    figures,
    learn,
    next_reading,
    read_rest,
    read_status,
    weigh,
)
from shared.contracts.dead_links import LinkFound

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
APART = figures().apart
ANSWERED = Reading(LinkFound.ANSWERED, 200)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_no_longer_there_is_gone(status: int) -> None:
    assert read_status(status) is LinkFound.GONE


@pytest.mark.parametrize(
    "status", [200, 204, 206, 301, 304, 400, 401, 402, 403, 405, 406, 418, 451]
)
def test_who_keeps_robots_out_is_there(status: int) -> None:
    assert read_status(status) is LinkFound.ANSWERED


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 599])
def test_who_is_in_trouble_leaves_it_in_doubt(status: int) -> None:
    assert read_status(status) is LinkFound.DOUBTFUL


def test_one_reading_makes_no_link_dead_and_two_at_once_do_not_either() -> None:
    once = learn(Known(), LinkFound.GONE, NOW)
    assert (once.times_dead, once.confirmed_at) == (1, None)
    soon = learn(once, LinkFound.GONE, NOW + APART - timedelta(seconds=1))
    assert (soon.times_dead, soon.confirmed_at) == (2, None)


def test_two_readings_apart_do() -> None:
    once = learn(Known(), LinkFound.UNKNOWN_HOST, NOW)
    twice = learn(once, LinkFound.REFUSED, NOW + APART)
    assert twice == Known(NOW, 2, NOW + APART)
    again = learn(twice, LinkFound.GONE, NOW + 2 * APART)
    assert again == Known(NOW, 3, NOW + APART)


@pytest.mark.parametrize("found", sorted(set(LinkFound) - DEAD - {LinkFound.ANSWERED}))
def test_doubt_neither_confirms_nor_clears(found: LinkFound) -> None:
    for known in (Known(), Known(NOW, 1), Known(NOW, 2, NOW + APART)):
        assert learn(known, found, NOW + 2 * APART) == known


READINGS = st.lists(
    st.tuples(st.sampled_from(LinkFound), st.integers(0, 3600)), min_size=1, max_size=12
)


@given(READINGS)
def test_a_link_is_dead_only_after_two_sure_readings_apart_and_no_answer_since(
    readings: list[tuple[LinkFound, int]],
) -> None:
    known, now = Known(), NOW
    sure: list[datetime] = []
    for found, seconds in readings:
        now += timedelta(seconds=seconds)
        known = learn(known, found, now)
        if found is LinkFound.ANSWERED:
            sure = []
        elif found in DEAD:
            sure.append(now)
        apart = bool(sure) and sure[-1] - sure[0] >= APART
        assert (known.confirmed_at is not None) is apart
        assert known.times_dead == len(sure)
        assert next_reading(known, found, now) > now


def weighed(reading: Reading, *others: tuple[str, Reading]) -> Reading:
    return weigh(reading, "https://a/", [("https://a/", ANSWERED), *others])


@pytest.mark.parametrize("found", sorted(UNHEARD - {LinkFound.BAD_CERTIFICATE}))
def test_silence_is_believed_only_beside_another_host_that_answered(found: LinkFound) -> None:
    silent, own = Reading(found), Reading(LinkFound.OWN_FAULT)
    assert weighed(silent) == own
    assert weighed(silent, ("http://b/", Reading(LinkFound.REFUSED))) == own
    for other in (ANSWERED, Reading(LinkFound.DOUBTFUL, 503), Reading(LinkFound.GONE, 404)):
        assert weighed(silent, ("http://b/", other)) == silent


def test_a_bad_certificate_is_believed_only_beside_a_good_one() -> None:
    bad = Reading(LinkFound.BAD_CERTIFICATE)
    assert weighed(bad, ("http://b/", ANSWERED)) == Reading(LinkFound.OWN_FAULT)
    assert weighed(bad, ("https://b/", ANSWERED)) == bad


def test_a_name_that_cannot_be_looked_up_while_others_can_is_in_doubt() -> None:
    failed = Reading(LinkFound.OWN_FAULT)
    assert weighed(failed) == failed
    assert weighed(failed, ("http://b/", ANSWERED)) == Reading(LinkFound.DOUBTFUL)


def test_what_a_server_said_needs_no_witness() -> None:
    for reading in (Reading(LinkFound.GONE, 404), ANSWERED, Reading(LinkFound.DOUBTFUL)):
        assert weighed(reading) == reading


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (None, 0),
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("99999999999999999999", 86400),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), 3600),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0),
        ("Mon, 02 Mar 2026 02:00:00", 3600),
    ],
)
def test_a_host_rests_as_long_as_it_asks_within_reason(asked: str | None, seconds: int) -> None:
    assert read_rest(asked, NOW) == timedelta(seconds=seconds)
