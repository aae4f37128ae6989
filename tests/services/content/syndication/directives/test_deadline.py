from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.syndication.directives.deadline import (
    by_hand,
    counted,
    figures,
    offered,
    office_time,
    unknown,
)
from shared.business_day import BEIJING, business_date
from shared.contracts.binding import DeadlineClock
from shared.workdays import Calendar
from tests.support.people import NOW

OFFICIAL = Calendar.official()
MINUTE = timedelta(minutes=1)
moments = st.integers(0, 300 * 24 * 60).map(lambda minutes: NOW + minutes * MINUTE)
lengths = st.integers(1, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def at(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), BEIJING)


def is_office_time(instant: datetime) -> bool:
    """Say whether offices work in the minute after an instant."""
    local = instant.astimezone(BEIJING).time()
    hours = (time(8) <= local < time(12)) or (time(14) <= local < time(18))
    return hours and OFFICIAL.is_workday(business_date(instant))


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("red_line", at("2026-03-03", "09:00")),
        ("target", at("2026-03-02", "21:00")),
        ("prompt", at("2026-03-02", "17:00")),
        ("office_day", at("2026-03-03", "09:00")),
    ],
)
def test_a_policys_hours_are_counted_from_when_the_site_is_told(name: str, due: datetime) -> None:
    assert counted(figures().policies[name], NOW, OFFICIAL).at == due


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        (at("2026-03-02", "07:00"), 4, at("2026-03-02", "12:00")),
        (at("2026-03-02", "12:00"), 1, at("2026-03-02", "15:00")),
        (at("2026-03-02", "13:00"), 4, at("2026-03-02", "18:00")),
        (at("2026-03-06", "17:00"), 2, at("2026-03-09", "09:00")),
        (at("2026-09-30", "17:00"), 2, at("2026-10-08", "09:00")),
        (at("2026-10-09", "17:00"), 2, at("2026-10-10", "09:00")),  # a Saturday that is worked
    ],
)
def test_office_hours_run_on_official_working_days_only(
    since: datetime, hours: int, due: datetime
) -> None:
    assert office_time(since, timedelta(hours=hours), OFFICIAL) == due


@given(moments, lengths)
def test_between_two_instants_offices_worked_as_long_as_was_given(
    since: datetime, length: timedelta
) -> None:
    due, worked = office_time(since, length, OFFICIAL), timedelta()
    while since < due:
        worked += MINUTE if is_office_time(since) else timedelta()
        since += MINUTE
    assert worked == length
    assert is_office_time(due - MINUTE)


@given(moments, lengths, lengths)
def test_what_is_counted_in_two_parts_ends_where_the_whole_does(
    since: datetime, first: timedelta, second: timedelta
) -> None:
    halfway = office_time(since, first, OFFICIAL)
    assert office_time(halfway, second, OFFICIAL) == office_time(since, first + second, OFFICIAL)


@given(moments, lengths, lengths)
def test_who_is_told_later_is_never_due_sooner(
    since: datetime, later: timedelta, length: timedelta
) -> None:
    assert office_time(since, length, OFFICIAL) <= office_time(since + later, length, OFFICIAL)


def test_a_clerk_can_follow_how_office_hours_were_counted() -> None:
    told = counted(figures().policies["office_day"], at("2026-03-06", "16:00"), OFFICIAL)
    assert told.basis == (
        "按时限政策“8个工作小时”，自 2026-03-06 16:00 起算8个工作小时，"
        "工作时间为工作日 08:00—12:00、14:00—18:00，"
        "其间不计 2026-03-07（周末）、2026-03-08（周末），截止 2026-03-09 16:00。"
        "依据：本项目，一个工作日的时间。"
    )


def test_hours_of_the_calendar_name_their_source() -> None:
    assert counted(figures().policies["red_line"], NOW, OFFICIAL).basis == (
        "按时限政策“24小时（全国红线）”，自 2026-03-02 09:00 起算24小时，昼夜连续计算，"
        "截止 2026-03-03 09:00。依据：2016年全国政府网站抽查，国务院重要政策信息24小时内转载。"
    )


def test_a_year_without_its_notice_is_said_to_be_guessed() -> None:
    told = counted(figures().policies["office_day"], at("2031-03-06", "16:00"), Calendar())
    assert "2031年放假安排尚未公布，暂按周一至周五推算" in told.basis


def test_a_deadline_by_hand_says_that_it_is() -> None:
    assert by_hand(NOW).basis == "由发出单位指定，截止 2026-03-02 09:00。"


def test_a_policy_there_is_not_is_answered_with_those_there_are() -> None:
    assert list(unknown("red_line")) == list(unknown(None)) == []
    [fault] = unknown("soon")
    assert (fault.pointer, fault.code) == ("/policy", "unknown_policy")
    assert "red_line（24小时（全国红线））" in fault.detail


def test_every_policy_is_offered_with_what_it_comes_to() -> None:
    listed = {policy.name: policy for policy in offered(NOW, OFFICIAL)}
    assert listed.keys() == figures().policies.keys()
    red_line = listed["red_line"]
    assert (red_line.hours, red_line.clock) == (24, DeadlineClock.CALENDAR)
    assert red_line.deadline == at("2026-03-03", "09:00")
    assert red_line.document in red_line.deadline_basis


def test_office_hours_follow_one_another_within_the_day() -> None:
    spans = figures().office_hours.spans
    edges = [edge for span in spans for edge in (span.begin, span.end)]
    assert edges == sorted(edges)
