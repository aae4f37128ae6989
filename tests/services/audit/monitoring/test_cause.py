from datetime import UTC, datetime, timedelta

from services.audit.monitoring.cadence import Rhythm
from services.audit.monitoring.cause import (
    KnownColumn,
    KnownLetter,
    KnownObligation,
    KnownPolicy,
    Showing,
)
from services.audit.monitoring.finding import FindingKind
from shared.business_day import business_date
from shared.contracts.directives import ObligationState
from shared.contracts.registry import ColumnKind

DUE = datetime(2026, 3, 9, 16, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(seconds=1), DUE + timedelta(seconds=1)
DAY = timedelta(days=1)


def kinds(
    known: KnownColumn | KnownLetter | KnownObligation | KnownPolicy, at: datetime
) -> list[FindingKind]:
    return [cause.kind for cause in known.causes(at)]


def owed(state: ObligationState, settled: datetime | None = None) -> KnownObligation:
    return KnownObligation("《通知》", DUE, state, settled, None, (4,))


def test_a_letter_is_late_from_its_due_instant_until_it_is_answered() -> None:
    letter = KnownLetter("1", DUE, AFTER + DAY, (3,))
    assert kinds(letter, BEFORE) == []
    assert kinds(letter, DUE) == [FindingKind.LETTER_LATE]
    assert kinds(letter, AFTER + DAY) == []


def test_a_letter_answered_in_time_never_was_late() -> None:
    assert kinds(KnownLetter("1", DUE, BEFORE, ()), AFTER) == []


def test_a_site_is_late_after_the_deadline_until_it_settles() -> None:
    reposted = owed(ObligationState.ACCEPTED, AFTER + DAY)
    assert kinds(reposted, DUE) == []
    assert kinds(reposted, AFTER) == [FindingKind.REPOST_LATE]
    assert kinds(reposted, AFTER + DAY) == []


def test_declining_is_a_finding_of_its_own() -> None:
    declined = owed(ObligationState.DECLINED, BEFORE)
    assert kinds(declined, BEFORE - DAY) == []
    assert kinds(declined, AFTER) == [FindingKind.REPOST_DECLINED]


def test_a_withdrawn_directive_binds_nobody_any_more() -> None:
    late = owed(ObligationState.LATE)._replace(withdrawn_at=AFTER + DAY)
    assert kinds(late, AFTER) == [FindingKind.REPOST_LATE]
    assert kinds(late, AFTER + DAY) == []


def test_a_policy_owes_its_interpretation_by_the_end_of_its_day() -> None:
    policy = KnownPolicy("办法", business_date(DUE), interpreted=False, entries=())
    assert kinds(policy, DUE + DAY - timedelta(seconds=1)) == []
    assert kinds(policy, DUE + DAY) == [FindingKind.POLICY_UNINTERPRETED]
    assert kinds(policy._replace(interpreted=True), DUE + DAY) == []


def test_a_columns_evidence_is_its_opening_and_its_latest_item() -> None:
    rhythm = Rhythm(ColumnKind.NEWS, 7, 14)
    column = KnownColumn("要闻", rhythm, DUE - 30 * DAY, (1,), Showing(DUE, (5, 6)), None)
    overdue, past = column.causes(DUE + 15 * DAY)
    assert overdue.evidence == past.evidence == (1, 5, 6)
    assert overdue.summary == "栏目“要闻”：上次更新是 2026-03-10，应在 2026-03-17 前再次更新。"
    assert "14 天" in past.summary
    [blank] = column._replace(latest=None).causes(DUE)
    assert (blank.evidence, blank.summary) == ((1,), "栏目“要闻”：空白栏目。")
