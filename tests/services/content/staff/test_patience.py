from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.staff.patience import (
    ExpiryOutOfRange,
    Failures,
    IntervalOutOfRange,
    TooManyFailures,
    check_attempt,
    check_expiry,
    check_interval,
    patience,
    usual_expiry,
)
from tests.support.people import NOW

RULE = patience().logging_in
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
counts = st.integers(0, 2 * RULE.strangers)


@given(counts, counts, st.booleans())
def test_an_address_that_is_known_answers_only_for_itself(
    here: int,
    strangers: int,
    familiar: bool,  # noqa: FBT001  # drawn
) -> None:
    failures = Failures(here, NOW, strangers, NOW, familiar)
    most = RULE.familiar_address if familiar else RULE.strange_address
    if here < most and (familiar or strangers < RULE.strangers):
        check_attempt(failures, NOW)
    else:
        with pytest.raises(TooManyFailures):
            check_attempt(failures, NOW)


def test_who_tries_too_often_is_told_when_to_come_again() -> None:
    began = NOW - timedelta(minutes=5)
    failures = Failures(RULE.strange_address, began, 0, None, familiar=False)
    with pytest.raises(TooManyFailures) as refused:
        check_attempt(failures, NOW)
    assert refused.value.headers == {"Retry-After": str((RULE.window_minutes - 5) * 60 + 1)}
    assert refused.value.members == {"error": "invalid_grant"}
    check_attempt(Failures(0, None, 0, None, familiar=False), NOW)


def test_an_expiry_lies_ahead_and_not_too_far() -> None:
    longest = timedelta(days=patience().keys.longest_days)
    for good in (NOW + SECOND, NOW + longest, usual_expiry(NOW)):
        check_expiry(good, NOW)
    for bad in (NOW, NOW - DAY, NOW + longest + SECOND):
        with pytest.raises(ExpiryOutOfRange):
            check_expiry(bad, NOW)


def test_a_delegation_has_an_end_that_lies_ahead_and_not_too_far() -> None:
    longest = timedelta(days=patience().delegations.longest_days)
    for start, end in ((NOW - DAY, NOW + SECOND), (NOW + DAY, NOW + DAY + longest)):
        check_interval(start, end, NOW)
    for start, end in (
        (NOW - DAY, NOW),
        (NOW + DAY, NOW + DAY),
        (NOW + DAY, NOW + SECOND),
        (NOW - DAY, NOW + longest + SECOND),
        (NOW, NOW + longest + SECOND),
    ):
        with pytest.raises(IntervalOutOfRange):
            check_interval(start, end, NOW)
