from datetime import UTC, date, datetime, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.workdays import LONGEST_TERM, Calendar, DayKind, Notice, TermOutOfRange

OFFICIAL = Calendar.official()
NOTICE_2027 = Notice(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕0号",
    issued_on=date(2026, 11, 30),
    off=(date(2027, 1, 1),),
    makeup=(date(2027, 1, 9),),
)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_checked_in_notices_agree_with_an_independent_calendar(year: int) -> None:
    for day in every_day(date(year, 1, 1), date(year, 12, 31)):
        assert OFFICIAL.is_workday(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_workdays_as_the_notice_leaves(year: int, workdays: int) -> None:
    assert OFFICIAL.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


def test_the_checked_in_notices_carry_their_numbers() -> None:
    assert {notice.year: (notice.number, notice.issued_on) for notice in OFFICIAL.notices} == {
        2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
        2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
        2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
    }


@pytest.mark.parametrize(
    ("start", "days", "official", "monday_to_friday"),
    [
        (date(2026, 2, 13), 15, date(2026, 3, 12), date(2026, 3, 6)),
        (date(2026, 9, 18), 15, date(2026, 10, 15), date(2026, 10, 9)),
        (date(2026, 9, 18), 5, date(2026, 9, 24), date(2026, 9, 25)),
    ],
)
def test_holidays_and_makeup_days_move_a_deadline(
    start: date, days: int, official: date, monday_to_friday: date
) -> None:
    assert OFFICIAL.due(start, days).date == official
    assert Calendar().due(start, days).date == monday_to_friday


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 13), DayKind.WORKDAY),
        (date(2026, 2, 14), DayKind.MAKEUP),
        (date(2026, 2, 15), DayKind.WEEKEND),
        (date(2026, 2, 23), DayKind.HOLIDAY),
        (date(2026, 2, 24), DayKind.WORKDAY),
        (date(2026, 2, 28), DayKind.MAKEUP),
        (date(2027, 1, 1), DayKind.WORKDAY),
    ],
)
def test_a_day_is_of_the_kind_its_notice_makes_it(day: date, kind: DayKind) -> None:
    assert OFFICIAL.kind(day) == kind


def test_the_day_of_receipt_is_not_counted() -> None:
    assert OFFICIAL.due(date(2026, 3, 2), 1).date == date(2026, 3, 3)


@pytest.mark.parametrize("start", [date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8)])
def test_what_arrives_on_friday_or_the_weekend_is_first_counted_on_monday(start: date) -> None:
    assert OFFICIAL.due(start, 1).date == date(2026, 3, 9)


def test_a_deadline_may_fall_on_a_makeup_day() -> None:
    assert OFFICIAL.due(date(2026, 2, 13), 1).date == date(2026, 2, 14)


def test_the_explanation_names_every_day_and_why_it_counts() -> None:
    deadline = OFFICIAL.due(date(2026, 9, 18), 5)
    assert [(day.date.day, day.counted, day.reason.value) for day in deadline.explanation] == [
        (18, False, "收到当日不计"),
        (19, False, "周末"),
        (20, True, "调休上班"),
        (21, True, "工作日"),
        (22, True, "工作日"),
        (23, True, "工作日"),
        (24, True, "工作日"),
    ]


def test_the_explanation_names_a_holiday() -> None:
    explanation = OFFICIAL.due(date(2026, 4, 3), 1).explanation
    assert [day.reason for day in explanation] == [
        DayKind.RECEIPT,
        DayKind.WEEKEND,
        DayKind.WEEKEND,
        DayKind.HOLIDAY,
        DayKind.WORKDAY,
    ]


def test_a_deadline_that_reaches_an_unknown_year_is_provisional() -> None:
    deadline = OFFICIAL.due(date(2026, 12, 20), 15)
    assert (deadline.date, deadline.provisional) == (date(2027, 1, 8), True)
    assert [day.date.year for day in deadline.explanation if day.provisional] == [2027] * 8


def test_a_deadline_within_known_years_is_final() -> None:
    assert not OFFICIAL.due(date(2025, 12, 20), 15).provisional


def test_receipt_in_an_unknown_year_does_not_make_a_known_count_provisional() -> None:
    assert not OFFICIAL.due(date(2023, 12, 31), 1).provisional


def test_a_new_notice_settles_what_was_provisional() -> None:
    informed = OFFICIAL.with_notice(NOTICE_2027)
    before, after = (calendar.due(date(2026, 12, 20), 15) for calendar in (OFFICIAL, informed))
    assert (after.date, after.provisional) == (date(2027, 1, 9), False)
    assert after.calendar_version == informed.version != before.calendar_version
    assert OFFICIAL.is_provisional(2027)
    assert not informed.is_provisional(2027)


def test_a_later_notice_for_a_year_replaces_the_earlier_one() -> None:
    amended = NOTICE_2027.model_copy(update={"off": (date(2027, 1, 4),)})
    calendar = OFFICIAL.with_notice(NOTICE_2027).with_notice(amended)
    assert calendar.is_workday(date(2027, 1, 1))
    assert not calendar.is_workday(date(2027, 1, 4))
    assert [notice.year for notice in calendar.notices] == [2024, 2025, 2026, 2027]


def test_the_version_depends_on_content_and_not_on_order() -> None:
    turned = Calendar(OFFICIAL.notices[::-1])
    assert turned.version == OFFICIAL.version != Calendar().version
    corrected = OFFICIAL.notices[0].model_copy(update={"number": "国办发明电〔2023〕8号"})
    assert OFFICIAL.with_notice(corrected).version != OFFICIAL.version


def test_two_notices_for_a_year_make_no_calendar() -> None:
    with pytest.raises(ValueError, match="one notice"):
        Calendar((NOTICE_2027, NOTICE_2027))


@pytest.mark.parametrize("days", [-1, 0, LONGEST_TERM + 1])
def test_a_term_nobody_can_mean_is_refused(days: int) -> None:
    with pytest.raises(TermOutOfRange) as refusal:
        OFFICIAL.due(date(2026, 1, 5), days)
    assert refusal.value.members == {"days": days}


def test_a_term_beyond_the_end_of_time_is_refused() -> None:
    with pytest.raises(TermOutOfRange):
        OFFICIAL.due(date.max, 1)


def test_an_instant_is_not_taken_for_a_business_date() -> None:
    with pytest.raises(TypeError):
        OFFICIAL.is_workday(datetime(2026, 2, 16, 9, tzinfo=UTC))


@given(st.dates(date(2023, 1, 1), date(2028, 1, 1)), st.integers(1, 60))
def test_counting_back_gives_the_days_that_were_given(start: date, days: int) -> None:
    deadline = OFFICIAL.due(start, days)
    assert OFFICIAL.is_workday(deadline.date)
    assert OFFICIAL.workdays_between(start, deadline.date) == days
    assert OFFICIAL.workdays_between(deadline.date, start) == -days
    assert sum(day.counted for day in deadline.explanation) == days


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"off": [date(2026, 1, 1)]}, "日期不在本年度：2026-01-01"),
        ({"off": [date(2027, 1, 2), date(2027, 1, 3)]}, "周一至周五：2027-01-02、2027-01-03"),
        ({"makeup": [date(2027, 1, 4)]}, "周六或周日：2027-01-04"),
        ({"off": [date(2027, 1, 1), date(2027, 1, 1)]}, "日期重复：2027-01-01"),
    ],
)
def test_a_notice_with_days_it_cannot_mean_is_refused(
    change: dict[str, list[date]], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        Notice.model_validate(NOTICE_2027.model_dump() | change)


def test_a_notice_is_told_all_its_faults_at_once() -> None:
    wrong = {"off": [date(2027, 1, 2), date(2026, 1, 1)], "makeup": [date(2027, 1, 4)]}
    with pytest.raises(ValidationError, match=r"2026-01-01；.*2027-01-02；.*2027-01-04"):
        Notice.model_validate(NOTICE_2027.model_dump() | wrong)


def test_a_notice_keeps_its_days_in_order() -> None:
    turned = NOTICE_2027.model_dump() | {"off": [date(2027, 10, 1), date(2027, 1, 1)]}
    assert Notice.model_validate(turned).off == (date(2027, 1, 1), date(2027, 10, 1))
