from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.monitoring.cadence import Freshness, Rhythm, Verdict, judge
from services.audit.monitoring.finding import FindingKind
from shared.business_day import BEIJING
from shared.contracts.registry import ColumnKind

NEWS = Rhythm(ColumnKind.NEWS, 7, 14)
QUIET = Rhythm(ColumnKind.OVERVIEW, None, None)
OPENED = date(2026, 1, 1)
LAST = date(2026, 3, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)


def after(days: int, rhythm: Rhythm = NEWS) -> Verdict:
    return judge(rhythm, [noon(LAST)], LAST + timedelta(days=days), opened=OPENED)


def empty(days: int, rhythm: Rhythm = NEWS, *, has_statement: bool = False) -> Verdict:
    today = OPENED + timedelta(days=days)
    return judge(rhythm, [], today, opened=OPENED, has_statement=has_statement)


@pytest.mark.parametrize(
    ("days", "freshness", "late"),
    [
        (0, Freshness.FRESH, 0),
        (5, Freshness.FRESH, 0),
        (6, Freshness.DUE_SOON, 0),
        (7, Freshness.DUE_SOON, 0),
        (8, Freshness.OVERDUE, 1),
        (14, Freshness.OVERDUE, 7),
        (15, Freshness.RED_LINE, 8),
    ],
)
def test_a_news_column_ages_by_the_day(days: int, freshness: Freshness, late: int) -> None:
    verdict = after(days)
    assert (verdict.freshness, verdict.days_late) == (freshness, late)
    assert verdict.due == date(2026, 3, 8)


def test_a_monthly_column_is_warned_six_days_ahead() -> None:
    monthly = Rhythm(ColumnKind.NOTICES, 30, 180)
    assert after(23, monthly).freshness is Freshness.FRESH
    assert after(24, monthly).freshness is Freshness.DUE_SOON


def test_each_state_leads_to_its_findings() -> None:
    assert after(7).findings == ()
    assert after(8).findings == (FindingKind.NEWS_OVERDUE,)
    assert after(15).findings == (FindingKind.NEWS_OVERDUE, FindingKind.COLUMN_PAST_RED_LINE)


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        (ColumnKind.NEWS, FindingKind.NEWS_OVERDUE),
        (ColumnKind.NOTICES, FindingKind.NOTICES_OVERDUE),
        (ColumnKind.POLICIES, FindingKind.POLICIES_OVERDUE),
        (ColumnKind.PERSONNEL, FindingKind.PERSONNEL_OVERDUE),
        (ColumnKind.PLANS, FindingKind.PLANS_OVERDUE),
        (ColumnKind.DATA, FindingKind.COLUMN_OVERDUE),
    ],
)
def test_each_kind_of_column_has_its_own_finding(kind: ColumnKind, finding: FindingKind) -> None:
    assert after(31, Rhythm(kind, 30, None)).findings == (finding,)


def test_without_a_red_line_a_column_is_only_overdue() -> None:
    assert after(4000, Rhythm(ColumnKind.DATA, 60, None)).freshness is Freshness.OVERDUE


def test_a_new_column_may_be_empty_for_one_interval() -> None:
    assert empty(0).freshness is Freshness.FRESH
    assert empty(7) == Verdict(Freshness.DUE_SOON, OPENED + timedelta(days=7))
    assert empty(8) == Verdict(Freshness.BLANK, findings=(FindingKind.BLANK_COLUMN,))


def test_a_statement_does_not_excuse_a_column_that_owes_updates() -> None:
    assert empty(8, has_statement=True).freshness is Freshness.BLANK


def test_days_are_counted_in_beijing() -> None:
    late_evening = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
    assert judge(NEWS, [late_evening], LAST, opened=OPENED).due == date(2026, 3, 8)


def test_what_was_public_later_does_not_count_yet() -> None:
    seen = [noon(LAST), noon(date(2026, 3, 20))]
    assert judge(NEWS, seen, date(2026, 3, 9), opened=OPENED) == after(8)


@given(st.lists(st.integers(0, 400)), st.integers(0, 400))
def test_one_more_item_never_makes_a_column_later(days: list[int], more: int) -> None:
    today = LAST + timedelta(days=400)
    seen = [noon(LAST + timedelta(days=day)) for day in days]
    before = judge(NEWS, seen, today, opened=OPENED)
    seen.append(noon(LAST + timedelta(days=more)))
    then = judge(NEWS, seen, today, opened=OPENED)
    assert before.freshness is Freshness.BLANK or then.days_late <= before.days_late


def test_a_quiet_column_is_explained_by_its_statement_until_content_arrives() -> None:
    assert empty(0, QUIET) == Verdict(Freshness.FRESH)
    assert empty(1, QUIET).findings == (FindingKind.STATEMENT_MISSING,)
    assert empty(1, QUIET).freshness is Freshness.BLANK
    assert empty(1, QUIET, has_statement=True) == Verdict(Freshness.FRESH)
    assert after(0, QUIET) == Verdict(Freshness.FRESH)
    left = judge(QUIET, [noon(LAST)], LAST, opened=OPENED, has_statement=True)
    assert left.findings == (FindingKind.STATEMENT_LEFT_BEHIND,)


@pytest.mark.parametrize("freshness", Freshness)
def test_every_state_has_its_word(freshness: Freshness) -> None:
    assert "\u4e00" <= freshness.label[0] <= "\u9fff"
