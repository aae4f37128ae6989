from datetime import timedelta

import pytest

from services.content.syndication.directives.directive import (
    AlreadySettled,
    DeadlineOutOfRange,
    check_deadline,
    settle,
)
from shared.business_day import FURTHEST
from shared.contracts.directives import ObligationState
from tests.support.people import NOW

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("ahead", [MOMENT, timedelta(days=7), FURTHEST])
def test_a_deadline_lies_ahead_within_a_year(ahead: timedelta) -> None:
    check_deadline(NOW + ahead, NOW)


@pytest.mark.parametrize("ahead", [timedelta(0), -MOMENT, FURTHEST + MOMENT])
def test_a_deadline_that_passed_or_lies_too_far_is_refused(ahead: timedelta) -> None:
    with pytest.raises(DeadlineOutOfRange):
        check_deadline(NOW + ahead, NOW)


@pytest.mark.parametrize("answer", [ObligationState.ACCEPTED, ObligationState.DECLINED])
@pytest.mark.parametrize("state", ObligationState)
def test_only_what_is_open_or_late_is_still_answered(
    state: ObligationState, answer: ObligationState
) -> None:
    if state in {ObligationState.DELIVERED, ObligationState.LATE}:
        assert settle(state, answer) is answer
    else:
        with pytest.raises(AlreadySettled):
            settle(state, answer)
