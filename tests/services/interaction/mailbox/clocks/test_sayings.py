from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.mailbox.clocks.sayings import (
    Clock,
    Said,
    Saying,
    counted_anew,
    due,
    in_hours,
    next_at,
    passed,
    sayings,
)
from services.interaction.mailbox.clocks.terms.policy import policies, usual
from shared.business_day import BEIJING, end_of
from shared.contracts.letter_clocks import LetterClockStep
from shared.workdays import Calendar

OFFICIAL = Calendar.official()
MONDAY = datetime(2026, 3, 2, 9, tzinfo=BEIJING)


def plan(
    due_on: date | None,
    *,
    step: LetterClockStep = LetterClockStep.ANSWER,
    at: datetime = MONDAY,
) -> list[Saying]:
    clock = Clock(step, at, at.date(), due_on)
    return list(sayings(clock, usual(), policies().red_line, OFFICIAL))


def written(said: list[Saying]) -> list[tuple[str, str]]:
    return [(f"{each.at.astimezone(BEIJING):%m-%d %H:%M}", each.name) for each in said]


def test_reminders_come_in_the_morning_and_cards_when_a_day_is_over() -> None:
    assert written(plan(date(2026, 3, 23))) == [
        ("03-18 09:00", "warning-3"),
        ("03-20 09:00", "warning-1"),
        ("03-24 00:00", "yellow-0"),
        ("03-31 00:00", "red-0"),
    ]


def test_days_left_are_working_days() -> None:
    warnings = written(plan(date(2026, 10, 8)))[:2]
    assert warnings == [("09-28 09:00", "warning-3"), ("09-30 09:00", "warning-1")]


def test_nobody_is_reminded_before_the_letter_came() -> None:
    assert [name for _, name in written(plan(date(2026, 3, 3)))] == ["yellow-0", "red-0"]


def test_three_months_bring_the_red_card_sooner_than_its_days_would() -> None:
    late = plan(date(2026, 5, 29))
    assert written(late)[-1] == ("06-03 00:00", "red-0")  # received on 2 March
    assert written(plan(date(2026, 6, 30)))[-2:] == [
        ("07-01 00:00", "yellow-0"),
        ("07-01 00:00", "red-0"),
    ]


def test_the_red_line_of_a_month_that_has_no_such_day_is_its_last() -> None:
    received = datetime(2025, 11, 30, 9, tzinfo=BEIJING)
    assert written(plan(date(2026, 2, 27), at=received))[-1] == ("03-01 00:00", "red-0")


def test_a_writer_is_shown_no_card() -> None:
    assert plan(date(2026, 3, 23), step=LetterClockStep.EVALUATION) == []


def test_a_letter_left_lying_calls_whoever_is_on_duty_and_then_the_leaders() -> None:
    alarms = written(plan(None, step=LetterClockStep.FIRST_REPLY))
    assert alarms == [("03-05 09:00", "duty-72"), ("03-09 09:00", "leader-120")]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 5, 0, 30, tzinfo=BEIJING), "03-05 09:00"),
        (datetime(2026, 3, 5, 8, 59, 59, tzinfo=BEIJING), "03-05 09:00"),
        (datetime(2026, 3, 5, 9, tzinfo=BEIJING), "03-05 09:00"),
        (datetime(2026, 3, 5, 17, 59, tzinfo=BEIJING), "03-05 17:59"),
        (datetime(2026, 3, 5, 18, tzinfo=BEIJING), "03-06 09:00"),
        (datetime(2026, 3, 7, 8, tzinfo=BEIJING), "03-09 09:00"),
        (datetime(2026, 2, 14, 20, tzinfo=BEIJING), "02-24 09:00"),
    ],
)
def test_nobody_is_called_at_night_or_on_a_day_off(at: datetime, said: str) -> None:
    moved = in_hours(at, usual().warnings, OFFICIAL)
    assert f"{moved:%m-%d %H:%M}" == said


def test_a_late_worker_reminds_nobody_of_what_is_late_but_gives_each_card() -> None:
    all_of_it = plan(date(2026, 3, 23))
    now = end_of(date(2026, 4, 30))
    assert [each.what for each in due(all_of_it, [], now)] == [Said.YELLOW, Said.RED]
    assert due(all_of_it, passed(all_of_it, [], now), now) == []
    assert next_at(all_of_it, passed(all_of_it, [], now)) is None


def test_two_missed_reminders_are_one() -> None:
    all_of_it = plan(date(2026, 3, 23))
    now = datetime(2026, 3, 21, 9, tzinfo=BEIJING)
    assert [each.name for each in due(all_of_it, [], now)] == ["warning-1"]


def test_a_day_moved_later_is_reminded_of_afresh() -> None:
    said = passed(first := plan(date(2026, 3, 23)), [], datetime(2026, 3, 20, 10, tzinfo=BEIJING))
    assert said == ["warning-1", "warning-3"]
    assert first
    now = datetime(2026, 3, 20, 10, tzinfo=BEIJING)
    assert counted_anew(plan(date(2026, 4, 13)), said, now) == []
    assert counted_anew(plan(date(2026, 3, 25)), said, now) == ["warning-3"]


@given(st.integers(1, 40), st.integers(0, 120), st.lists(st.integers(1, 2000), max_size=8))
def test_everything_is_said_at_most_once_whenever_the_worker_looks(
    days: int, since: int, looks: list[int]
) -> None:
    received = MONDAY + timedelta(days=since)
    all_of_it = plan(OFFICIAL.due(received.date(), days).date, at=received)
    said: list[str] = []
    told: list[str] = []
    now = received
    for hours in looks:
        now += timedelta(hours=hours)
        told += [each.name for each in due(all_of_it, said, now)]
        said = passed(all_of_it, said, now)
    assert len(told) == len(set(told))
    cards = {each.name for each in all_of_it if each.what in {Said.YELLOW, Said.RED}}
    assert {name for name in told if name in cards} == {
        each.name for each in all_of_it if each.name in cards and looks and each.at <= now
    }
