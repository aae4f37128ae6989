from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.mailbox.clocks.deadlines import (
    AT_RECEIPT,
    Happened,
    Happening,
    Owed,
    Place,
    deadline,
    standing,
)
from services.interaction.mailbox.clocks.terms.policy import Terms, policies, usual
from shared.business_day import BEIJING, business_date, end_of
from shared.contracts.letter_clocks import LetterClockState, LetterClockStep
from shared.contracts.letters import LetterKind
from shared.workdays import ONE_DAY, Calendar, DayKind, Notice

OFFICIAL = Calendar.official()
STEP = LetterClockStep
FIRST = Place(STEP.ANSWER, 1)
NEW_YEAR = Notice(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕9号",
    issued_on=date(2026, 12, 25),
    off=(date(2027, 1, 1), date(2027, 1, 4)),
    makeup=(date(2027, 1, 9),),
)
CALENDARS = st.sampled_from([OFFICIAL, Calendar(), OFFICIAL.with_notice(NEW_YEAR)])
DAYS = st.dates(date(2024, 1, 1), date(2027, 3, 1))
KINDS = st.sampled_from(list(LetterKind))
TERMS = st.sampled_from(sorted(policies().policies)).map(policies().terms)


def answering(days: int) -> Terms:
    """Terms that give every answer so many days."""
    steps = usual().steps
    limits = steps[STEP.ANSWER]
    every = limits.every.model_copy(update={"days": days}) if limits.every else None
    answer = limits.model_copy(update={"every": every, "kinds": {}})
    return usual().model_copy(update={"steps": {**steps, STEP.ANSWER: answer}})


def received(on: date, *more: Happened) -> list[Happened]:
    return [*(Happened(step, Happening.STARTED, on) for step in AT_RECEIPT), *more]


def answer(days: int, on: date, *more: Happened, calendar: Calendar = OFFICIAL) -> Owed:
    terms, kind = answering(days), LetterKind.COMPLAINT
    return deadline(terms, kind, calendar, received(on, *more))[FIRST]


def due_on(owed: Owed) -> date:
    assert owed.deadline is not None
    return owed.deadline.date


@pytest.mark.parametrize(
    ("days", "on", "due"),
    [
        (15, date(2026, 2, 13), date(2026, 3, 12)),  # over the new year, with two make-up days
        (15, date(2026, 9, 18), date(2026, 10, 15)),  # over mid-autumn and national day
        (5, date(2026, 9, 18), date(2026, 9, 24)),  # a make-up Sunday brings it forward
        (1, date(2026, 2, 13), date(2026, 2, 14)),  # the next day is a make-up Saturday
        (1, date(2026, 2, 14), date(2026, 2, 24)),  # received on the last day before the new year
        (1, date(2026, 2, 17), date(2026, 2, 24)),  # received on new year's day
        (3, date(2026, 2, 23), date(2026, 2, 26)),  # received on the last day off
        (4, date(2026, 2, 23), date(2026, 2, 27)),
        (5, date(2026, 2, 23), date(2026, 2, 28)),  # ends on a make-up Saturday
        (1, date(2026, 6, 18), date(2026, 6, 22)),
        (1, date(2026, 10, 1), date(2026, 10, 8)),
        (3, date(2026, 10, 7), date(2026, 10, 10)),  # a make-up Saturday
    ],
)
def test_the_official_calendar_decides_the_day(days: int, on: date, due: date) -> None:
    assert due_on(answer(days, on)) == due


def test_naive_weeks_would_be_late_or_early() -> None:
    naive = Calendar()
    for days, on, wrong in (
        (15, date(2026, 2, 13), date(2026, 3, 6)),
        (15, date(2026, 9, 18), date(2026, 10, 9)),
        (5, date(2026, 9, 18), date(2026, 9, 25)),
    ):
        assert due_on(answer(days, on, calendar=naive)) == wrong


def test_a_year_without_a_notice_is_provisional_until_it_comes() -> None:
    before = answer(15, date(2026, 12, 20)).deadline
    after = answer(15, date(2026, 12, 20), calendar=OFFICIAL.with_notice(NEW_YEAR)).deadline
    assert before is not None
    assert after is not None
    assert (before.date, before.provisional) == (date(2027, 1, 8), True)
    assert (after.date, after.provisional) == (date(2027, 1, 11), False)
    assert before.calendar_version != after.calendar_version


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        (datetime(2026, 3, 2, 23, 59, 59, 999_999, BEIJING), date(2026, 3, 3)),
        (datetime(2026, 3, 3, 0, 0, 0, 0, BEIJING), date(2026, 3, 4)),
        (datetime(2026, 3, 2, 15, 59, 59, 0, UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 2, 16, 0, 0, 0, UTC), date(2026, 3, 4)),
    ],
)
def test_midnight_in_beijing_divides_the_days_of_receipt(instant: datetime, due: date) -> None:
    assert due_on(answer(1, business_date(instant))) == due


def test_a_day_ends_where_the_next_begins() -> None:
    due = date(2026, 3, 12)
    last = end_of(due) - timedelta(microseconds=1)
    for instant, state in ((last, LetterClockState.MET), (end_of(due), LetterClockState.LATE)):
        assert standing(due, business_date(instant), None, date(2027, 1, 1)) is state


@pytest.mark.parametrize(
    ("met_on", "waived_on", "today", "state"),
    [
        (None, None, date(2026, 3, 12), "running"),
        (None, None, date(2026, 3, 13), "late"),
        (date(2026, 3, 12), None, date(2026, 6, 1), "met"),
        (date(2026, 3, 13), None, date(2026, 6, 1), "late"),
        (None, date(2026, 3, 12), date(2026, 6, 1), "waived"),
        (None, date(2026, 3, 13), date(2026, 6, 1), "late"),
    ],
)
def test_late_stays_late(
    met_on: date | None, waived_on: date | None, today: date, state: str
) -> None:
    assert standing(date(2026, 3, 12), met_on, waived_on, today) == state


def test_first_reply_next_answer_and_evaluation_are_counted_apart() -> None:
    on = date(2026, 3, 2)
    events = received(
        on,
        Happened(STEP.FIRST_REPLY, Happening.MET, date(2026, 3, 4)),
        Happened(STEP.ANSWER, Happening.MET, date(2026, 3, 24)),
        Happened(STEP.EVALUATION, Happening.STARTED, date(2026, 3, 24)),
        Happened(STEP.EVALUATION, Happening.WAIVED, date(2026, 3, 26)),
        Happened(STEP.NEXT_ANSWER, Happening.STARTED, date(2026, 3, 26)),
        Happened(STEP.NEXT_ANSWER, Happening.MET, date(2026, 3, 30)),
        Happened(STEP.NEXT_ANSWER, Happening.STARTED, date(2026, 4, 7)),
    )
    owed = deadline(usual(), LetterKind.COMPLAINT, OFFICIAL, events)
    today = date(2026, 4, 8)
    assert {(*place,): each.state(today).value for place, each in owed.items()} == {
        ("accept", 1): "late",
        ("first_reply", 1): "met",
        ("answer", 1): "late",
        ("evaluation", 1): "waived",
        ("next_answer", 1): "met",
        ("next_answer", 2): "running",
    }
    assert owed[Place(STEP.FIRST_REPLY, 1)].deadline is None  # nothing limits it: it is only noted
    assert due_on(owed[Place(STEP.NEXT_ANSWER, 2)]) == OFFICIAL.due(date(2026, 4, 7), 15).date


def test_what_happens_to_a_step_nobody_owes_changes_nothing() -> None:
    met = Happened(STEP.EVALUATION, Happening.MET, date(2026, 3, 4))
    on = date(2026, 3, 2)
    assert deadline(usual(), LetterKind.HELP, OFFICIAL, received(on, met)) == deadline(
        usual(), LetterKind.HELP, OFFICIAL, received(on)
    )


@given(TERMS, KINDS, CALENDARS, DAYS)
def test_it_is_pure(terms: Terms, kind: LetterKind, calendar: Calendar, on: date) -> None:
    events = received(on)
    kept = list(events)
    same = Terms.model_validate(terms.model_dump(mode="json"))
    first = deadline(terms, kind, calendar, events)
    assert deadline(same, kind, Calendar(calendar.notices), events) == first
    assert events == kept


@given(TERMS, KINDS, CALENDARS, DAYS, st.integers(0, 40))
def test_a_later_receipt_is_never_due_earlier(
    terms: Terms, kind: LetterKind, calendar: Calendar, on: date, later: int
) -> None:
    first = deadline(terms, kind, calendar, received(on))
    second = deadline(terms, kind, calendar, received(on + ONE_DAY * later))
    for place, owed in first.items():
        if owed.deadline is not None:
            assert due_on(owed) <= due_on(second[place])


@given(CALENDARS, DAYS, st.integers(1, 60), st.integers(0, 30))
def test_more_days_are_never_due_earlier(
    calendar: Calendar, on: date, days: int, more: int
) -> None:
    fewer = due_on(answer(days, on, calendar=calendar))
    assert fewer <= due_on(answer(days + more, on, calendar=calendar))


@given(CALENDARS, DAYS, st.integers(1, 60), st.integers(1, 30))
def test_an_extension_lengthens_and_counts_on_from_the_same_day(
    calendar: Calendar, on: date, days: int, more: int
) -> None:
    extended = Happened(STEP.ANSWER, Happening.EXTENDED, on, more)
    owed = answer(days, on, extended, calendar=calendar)
    assert due_on(owed) > due_on(answer(days, on, calendar=calendar))
    assert due_on(owed) == due_on(answer(days + more, on, calendar=calendar))


@given(CALENDARS, DAYS, st.integers(1, 60), st.integers(0, 30))
def test_it_explains_every_day_once_and_counts_to_the_term(
    calendar: Calendar, on: date, days: int, more: int
) -> None:
    extended = [Happened(STEP.ANSWER, Happening.EXTENDED, on, more)] if more else []
    counted = answer(days, on, *extended, calendar=calendar).deadline
    assert counted is not None
    shown = [day.date for day in counted.explanation]
    assert shown == [on + ONE_DAY * step for step in range((counted.date - on).days + 1)]
    assert sum(day.counted for day in counted.explanation) == days + more
    assert counted.explanation[0].reason is DayKind.RECEIPT
    for day in counted.explanation[1:]:
        assert day.counted is calendar.is_workday(day.date)
        assert day.provisional is calendar.is_provisional(day.date.year)
    assert counted.provisional == any(day.provisional for day in counted.explanation)


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_nothing_is_late_before_its_day_is_over(calendar: Calendar, on: date, after: int) -> None:
    owed = answer(15, on, calendar=calendar)
    met_on = on + ONE_DAY * after
    met = answer(15, on, Happened(STEP.ANSWER, Happening.MET, met_on), calendar=calendar)
    late = met.state(met_on) is LetterClockState.LATE
    assert late is (met_on > due_on(owed))
