"""Whether a column keeps its rhythm, judged by when its items were really first public."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from services.audit.monitoring.finding import FindingKind
from shared.business_day import business_date
from shared.contracts.registry import ColumnKind

# This project's own figure: the last fifth of an interval warns before the day comes.
WARNING_SHARE = Decimal("0.2")

OVERDUE = {
    ColumnKind.NEWS: FindingKind.NEWS_OVERDUE,
    ColumnKind.NOTICES: FindingKind.NOTICES_OVERDUE,
    ColumnKind.POLICIES: FindingKind.POLICIES_OVERDUE,
    ColumnKind.PERSONNEL: FindingKind.PERSONNEL_OVERDUE,
    ColumnKind.PLANS: FindingKind.PLANS_OVERDUE,
}


class Freshness(StrEnum):
    """How a column stands against its rhythm."""

    FRESH = "fresh"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RED_LINE = "red_line"
    BLANK = "blank"
    RESTING = "resting"

    @property
    def label(self) -> str:
        """The word shown to the people who keep the column."""
        return LABELS[self]


LABELS = {
    Freshness.FRESH: "正常",
    Freshness.DUE_SOON: "即将到期",
    Freshness.OVERDUE: "更新逾期",
    Freshness.RED_LINE: "超过全国红线",
    Freshness.BLANK: "空白",
    Freshness.RESTING: "已隐藏、合并或关停",
}


class Rhythm(NamedTuple):
    """What a column owes, in the figures stated when it was opened; none if none was stated."""

    kind: ColumnKind
    target_days: int | None
    red_line_days: int | None

    @property
    def overdue_finding(self) -> FindingKind:
        """What a column of this kind is found to be when it rests too long."""
        return OVERDUE.get(self.kind, FindingKind.COLUMN_OVERDUE)


class Verdict(NamedTuple):
    """How a column stands today, by when it must be updated, how late it is, what to find."""

    freshness: Freshness
    due: date | None = None
    days_late: int = 0
    findings: tuple[FindingKind, ...] = ()


def judge(
    rhythm: Rhythm,
    first_public: Iterable[datetime],
    today: date,
    *,
    opened: date,
    has_statement: bool = False,
) -> Verdict:
    """Judge a column by what was first public up to `today`; what came later does not count.

    A column that was just opened may be empty for one interval, or for that day if it has none.
    """
    days = (business_date(instant) for instant in first_public)
    latest = max((day for day in days if day <= today), default=None)
    if rhythm.target_days is None:
        return _unhurried(latest, new=today <= opened, has_statement=has_statement)
    due = (latest or opened) + timedelta(days=rhythm.target_days)
    if latest is None and due < today:
        return Verdict(Freshness.BLANK, findings=(FindingKind.BLANK_COLUMN,))
    return _hurried(rhythm, rhythm.target_days, due, today)


def _hurried(rhythm: Rhythm, target_days: int, due: date, today: date) -> Verdict:
    left = (due - today).days
    if rhythm.red_line_days is not None and target_days - left > rhythm.red_line_days:
        findings = (rhythm.overdue_finding, FindingKind.COLUMN_PAST_RED_LINE)
        return Verdict(Freshness.RED_LINE, due, max(0, -left), findings)
    if left < 0:
        return Verdict(Freshness.OVERDUE, due, -left, (rhythm.overdue_finding,))
    if left <= target_days * WARNING_SHARE:
        return Verdict(Freshness.DUE_SOON, due)
    return Verdict(Freshness.FRESH, due)


def _unhurried(latest: date | None, *, new: bool, has_statement: bool) -> Verdict:
    # The statement stands in for content, so exactly one of them must be there.
    if latest is not None:
        left_behind = (FindingKind.STATEMENT_LEFT_BEHIND,) if has_statement else ()
        return Verdict(Freshness.FRESH, findings=left_behind)
    if new or has_statement:
        return Verdict(Freshness.FRESH)
    return Verdict(Freshness.BLANK, findings=(FindingKind.STATEMENT_MISSING,))
