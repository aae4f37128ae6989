from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.interaction.duty.hours import (
    DutyFigures,
    expected_by,
    figures,
    is_on_duty,
    look_after,
    next_look,
    offices_work,
    sign_on_by,
    working_days,
)
from shared.business_day import BEIJING
from shared.figures import parse
from shared.workdays import Calendar

CALENDAR = Calendar.official()
MONDAY = date(2026, 3, 2)


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("clock", "there"),
    [
        ("07:59:59.999999", False),
        ("08:00", True),
        ("11:59:59.999999", True),
        ("12:00", False),
        ("13:59:59.999999", False),
        ("14:00", True),
        ("17:59:59.999999", True),
        ("18:00", False),
    ],
)
def test_office_hours_are_stretches_that_hold_their_begin_and_not_their_end(
    clock: str, *, there: bool
) -> None:
    assert offices_work(at(clock)) is there
    assert is_on_duty(None, None, at(clock)) is there


def test_who_signed_on_is_there_in_the_break_too_and_nobody_after_signing_off() -> None:
    assert is_on_duty(at("07:50"), None, at("07:55"))
    assert is_on_duty(at("07:50"), None, at("13:00"))
    assert is_on_duty(at("07:50"), None, at("21:00"))
    assert not is_on_duty(at("07:50"), at("17:00"), at("17:30"))


def test_who_has_not_signed_on_is_missing_ten_minutes_after_offices_opened() -> None:
    assert sign_on_by(MONDAY) == at("08:10")


def test_who_is_told_of_a_day_that_has_begun_has_ten_minutes_from_then() -> None:
    assert expected_by(MONDAY, at("07:30")) == at("08:10")
    assert expected_by(MONDAY, at("08:00:01")) == at("08:10:01")
    assert expected_by(date(2026, 3, 3), at("23:59")) == at("08:10", date(2026, 3, 3))


def test_the_working_days_of_the_new_year_skip_it_and_hold_its_makeup_days() -> None:
    days = list(working_days(date(2026, 2, 13), date(2026, 3, 1), CALENDAR))
    assert days == [date(2026, 2, day) for day in (13, 14, 24, 25, 26, 27, 28)]
    assert list(working_days(date(2026, 3, 2), date(2026, 3, 1), CALENDAR)) == []


@pytest.mark.parametrize(
    ("since", "now", "day"),
    [
        (MONDAY, at("08:09:59"), MONDAY),
        (MONDAY, at("08:10"), date(2026, 3, 3)),
        (date(2026, 3, 7), at("08:00"), date(2026, 3, 9)),
        (date(2026, 2, 14), at("12:00", date(2026, 2, 13)), date(2026, 2, 14)),  # worked
        (date(2026, 2, 15), at("12:00", date(2026, 2, 13)), date(2026, 2, 24)),
    ],
)
def test_a_desk_is_looked_at_on_the_first_working_day_whose_sign_on_is_still_to_come(
    since: date, now: datetime, day: date
) -> None:
    assert next_look(since, now, CALENDAR) == day


def test_after_the_day_before_the_new_year_comes_the_day_after_it() -> None:
    assert look_after(date(2026, 2, 14), CALENDAR) == date(2026, 2, 24)
    assert look_after(date(2026, 2, 27), CALENDAR) == date(2026, 2, 28)  # a worked Saturday


def _with_spans(spans: str) -> str:
    return f"""
office_hours:
  source: &own {{document: 本项目, clause: 试, confidence: own}}
  spans: {spans}
sign_on: {{source: *own, minutes: 10}}
drafting: {{source: *own, longest_days: 30, history_days: 30}}
notes: {{source: *own, kept_days: 30}}
"""


@pytest.mark.parametrize(
    "spans",
    [
        "[]",
        "[{begin: '08:00', end: '08:00'}]",
        "[{begin: '14:00', end: '18:00'}, {begin: '08:00', end: '12:00'}]",
        "[{begin: '08:00', end: '12:00'}, {begin: '11:00', end: '18:00'}]",
    ],
)
def test_office_hours_that_do_not_follow_one_another_stop_the_start(spans: str) -> None:
    with pytest.raises(ValidationError):
        parse(DutyFigures, _with_spans(spans))


def test_three_stretches_a_day_are_as_good_as_two() -> None:
    hours = (("08:00", "10:00"), ("10:30", "12:00"), ("14:00", "18:00"))
    spans = ", ".join(f"{{begin: '{begin}', end: '{end}'}}" for begin, end in hours)
    assert len(parse(DutyFigures, _with_spans(f"[{spans}]")).office_hours.spans) == 3


def test_every_figure_says_what_it_stands_on() -> None:
    for part in (figures().office_hours, figures().sign_on, figures().drafting, figures().notes):
        assert part.source.document
    assert figures().sign_on.minutes * timedelta(minutes=1) < timedelta(hours=1)
