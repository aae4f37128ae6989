from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.registry.lifecycle import (
    TRANSITIONS,
    Act,
    ByApplicationOnly,
    ClosedForGood,
    DestinationLeaves,
    NoticeTooShort,
    NotRunning,
    SuspendedBefore,
    SuspensionTooLong,
    WrongSiteState,
    advance,
    check_arranged_freely,
    check_closing,
    check_destination,
    check_running,
    check_suspension,
    check_takes_items,
)
from shared.contracts.registry import SiteState
from shared.problem import Conflict

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_site_lives_from_its_application_to_its_closing() -> None:
    state = SiteState.APPLIED
    for act in (Act.OPEN, Act.SUSPEND, Act.REOPEN, Act.MIGRATE, Act.CLOSE):
        state = advance(state, act)
    assert state is SiteState.CLOSED


@pytest.mark.parametrize("state", SiteState)
@pytest.mark.parametrize("act", Act)
def test_what_the_table_does_not_allow_is_refused(state: SiteState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        return
    with pytest.raises(WrongSiteState) as refused:
        advance(state, act)
    assert refused.value.members == {"state": state, "act": act}


@pytest.mark.parametrize("state", SiteState)
def test_content_goes_to_a_site_that_stays(state: SiteState) -> None:
    if state in {SiteState.OPEN, SiteState.SUSPENDED}:
        check_destination(state)
    else:
        with pytest.raises(DestinationLeaves):
            check_destination(state)


@given(st.lists(st.sampled_from(Act)))
def test_no_road_leads_back_before_the_opening_or_out_of_the_closing(acts: list[Act]) -> None:
    state, met = SiteState.APPLIED, [SiteState.APPLIED]
    for act in acts:
        if (state, act) in TRANSITIONS:
            state = advance(state, act)
            met.append(state)
    assert SiteState.APPLIED not in met[1:]
    if SiteState.CLOSED in met:
        assert met[-2:] == [SiteState.MIGRATING, SiteState.CLOSED]
        assert met.count(SiteState.CLOSED) == 1


@pytest.mark.parametrize("until", [NOW, NOW - DAY, NOW + 30 * DAY + timedelta(seconds=1)])
def test_a_suspension_lasts_thirty_days_at_most(until: datetime) -> None:
    check_suspension(NOW, NOW + 30 * DAY, [])
    with pytest.raises(SuspensionTooLong):
        check_suspension(NOW, until, [])


def test_a_site_is_suspended_once_in_a_year_of_beijings_calendar() -> None:
    last_year = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 on 31 December in Beijing
    check_suspension(NOW, NOW + DAY, [last_year])
    with pytest.raises(SuspendedBefore):
        check_suspension(NOW, NOW + DAY, [last_year + timedelta(minutes=1)])


def test_a_site_closes_once_its_notice_has_stood_for_thirty_days() -> None:
    check_closing(NOW + 30 * DAY, NOW)
    with pytest.raises(NoticeTooShort) as refused:
        check_closing(NOW + 30 * DAY - timedelta(seconds=1), NOW)
    assert refused.value.members == {"not_before": "2026-04-01T01:00:00+00:00"}


@pytest.mark.parametrize(
    ("check", "refusal", "allowed"),
    [
        (check_arranged_freely, ByApplicationOnly, {SiteState.APPLIED}),
        (check_running, NotRunning, set(SiteState) - {SiteState.APPLIED, SiteState.CLOSED}),
        (check_takes_items, ClosedForGood, set(SiteState) - {SiteState.CLOSED}),
    ],
)
def test_what_a_state_allows(
    check: Callable[[SiteState], None], refusal: type[Conflict], allowed: set[SiteState]
) -> None:
    for state in allowed:
        check(state)
    for state in set(SiteState) - allowed:
        with pytest.raises(refusal):
            check(state)
