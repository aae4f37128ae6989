import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.supply.decision import TRANSITIONS, Act, ContributionDecided, advance
from services.content.supply.progress import NEXT, CommissionStands, check_step
from services.content.supply.reach import seat, supplies
from services.content.supply.statement import as_csv
from services.content.supply.timing import DueOutOfRange, check_deadline, reminder, repeated
from shared.business_day import BEIJING, business_date
from shared.contracts.commissioning import CommissionState
from shared.contracts.registry import OrganizationKind
from shared.contracts.supply import ContributionCount, ContributionState, Recurrence
from shared.workdays import Calendar
from tests.factories.content import CITY, COUNTY, COUNTY_OFFICE, OFFICE
from tests.support.people import NOW

INSTANTS = st.integers(0, 3 * 366 * 24).map(
    lambda hours: datetime(2024, 1, 1, tzinfo=BEIJING) + timedelta(hours=hours)
)


def test_an_office_s_site_speaks_for_its_government_and_a_department_s_for_itself() -> None:
    assert seat(OFFICE, OrganizationKind.OFFICE) == CITY
    assert seat(f"{CITY}.340300-edu", OrganizationKind.DEPARTMENT) == f"{CITY}.340300-edu"
    assert seat("340000", OrganizationKind.OFFICE) == "340000"


@pytest.mark.parametrize(
    ("unit", "sponsor"),
    [
        (COUNTY_OFFICE, OFFICE),
        (COUNTY_OFFICE, COUNTY_OFFICE),
        (f"{COUNTY}.340321-edu", COUNTY_OFFICE),
    ],
)
def test_a_unit_supplies_its_own_site_and_those_above(unit: str, sponsor: str) -> None:
    assert supplies(unit, sponsor, OrganizationKind.OFFICE)


@pytest.mark.parametrize(
    ("unit", "sponsor"),
    [
        (OFFICE, COUNTY_OFFICE),
        (f"{CITY}.340322.340322-zfb", COUNTY_OFFICE),
        ("340000.340400", OFFICE),
    ],
)
def test_a_unit_supplies_no_lower_site_and_no_neighbour_s(unit: str, sponsor: str) -> None:
    assert not supplies(unit, sponsor, OrganizationKind.OFFICE)


@given(st.sampled_from(ContributionState), st.sampled_from(Act))
def test_what_was_decided_stays_decided(state: ContributionState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        assert state in {ContributionState.SUBMITTED, ContributionState.RETURNED}
        assert advance(state, act) is not state
    else:
        with pytest.raises(ContributionDecided):
            advance(state, act)


@given(st.sampled_from(CommissionState), st.sampled_from(CommissionState))
def test_only_delivered_work_is_accepted(state: CommissionState, to: CommissionState) -> None:
    if to in NEXT.get(state, ()):
        check_step(state, to)
        assert to is not CommissionState.ACCEPTED_WORK or state is CommissionState.DELIVERED
    else:
        with pytest.raises(CommissionStands):
            check_step(state, to)


@given(INSTANTS)
def test_the_reminder_comes_on_the_last_working_day_before_at_the_same_hour(
    deadline: datetime,
) -> None:
    calendar = Calendar.official()
    at = reminder(deadline, calendar)
    assert at.timetz() == deadline.timetz()
    assert calendar.is_workday(business_date(at))
    between = (deadline.date() - at.date()).days
    days = [at.date() + timedelta(days=step) for step in range(1, between)]
    assert not any(calendar.is_workday(day) for day in days)


def test_a_reminder_before_spring_festival_comes_before_the_holiday() -> None:
    deadline = datetime(2026, 2, 24, 1, tzinfo=UTC)  # the first day back at work
    at = reminder(deadline, Calendar.official())
    assert business_date(at) == date(2026, 2, 14)  # a Saturday that is worked


@given(INSTANTS, st.sampled_from([Recurrence.MONTHLY, Recurrence.QUARTERLY]), st.integers(1, 40))
def test_a_repetition_keeps_day_and_hour_or_the_month_s_last_day(
    first: datetime, recurrence: Recurrence, occurrence: int
) -> None:
    at = repeated(first, recurrence, occurrence)
    assert at is not None
    step = 1 if recurrence is Recurrence.MONTHLY else 3
    assert (at.year - first.year) * 12 + at.month - first.month == step * occurrence
    assert at.timetz() == first.timetz()
    assert at.day == first.day or (at + timedelta(days=1)).day == 1


def test_what_is_asked_for_once_is_not_asked_for_again() -> None:
    assert repeated(NOW, Recurrence.NONE, 1) is None


@pytest.mark.parametrize("by", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
def test_a_deadline_lies_ahead_and_within_a_year(by: timedelta) -> None:
    check_deadline(NOW + timedelta(days=366), NOW)
    with pytest.raises(DueOutOfRange):
        check_deadline(NOW + by, NOW)


def test_a_name_is_never_a_formula() -> None:
    counts = [
        ContributionCount(organization="a.b", submitted=601, adopted=411, published=400),
        ContributionCount(organization="a.c", submitted=1, adopted=0, published=0),
    ]
    table = as_csv(counts, {"a.b": "=HYPERLINK(1)", "a.c": "五河县,办公室"})
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[1:] == [
        ["a.b", "'=HYPERLINK(1)", "601", "411", "400"],
        ["a.c", "五河县,办公室", "1", "0", "0"],
    ]
