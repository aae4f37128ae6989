import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.assessment.ruleset import Gates, Indicator, Ruleset, Veto
from services.audit.assessment.scoring import (
    ContradictoryEvidence,
    Finding,
    Grade,
    Score,
    Window,
    score,
)
from services.audit.monitoring.finding import FindingKind
from services.audit.monitoring.source import Confidence, Source

SOURCE = Source(document="某文件", clause="一", confidence=Confidence.OWN)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))


def indicator(id: str, points: str, costs: dict[FindingKind, str]) -> Indicator:
    return Indicator(
        id=id,
        name=id,
        group="发布解读",
        points=Decimal(points),
        costs={kind: Decimal(cost) for kind, cost in costs.items()},
        source=SOURCE,
        points_confidence=Confidence.OWN,
        remedy=f"整改{id}。",
    )


def rules(*indicators: Indicator, vetoes: tuple[Veto, ...] = ()) -> Ruleset:
    return Ruleset(
        id="example",
        version="1",
        title="示例",
        source="某文件",
        total=Decimal(100),
        gates=Gates(passing=Decimal(60), bonus=Decimal(80)),
        vetoes=vetoes,
        indicators=indicators,
    )


def finding(id: str, kind: FindingKind) -> Finding:
    return Finding(id, kind, "3403000006", "栏目", YEAR, (f"probe-{id}", "page"), "逾期")


UNREACHABLE = Veto(
    id="unreachable",
    name="站点无法访问",
    finding_kinds=(FindingKind.SITE_UNREACHABLE,),
    source=SOURCE,
    remedy="恢复访问。",
)
STALE_COLUMNS = Veto(
    id="stale-columns",
    name="栏目不更新",
    finding_kinds=(FindingKind.COLUMN_PAST_RED_LINE,),
    threshold=3,
    source=SOURCE,
    remedy="更新栏目。",
)
RULES = rules(
    indicator("news", "12.3", {FindingKind.NEWS_OVERDUE: "5.1"}),
    indicator("letters", "47.7", {FindingKind.LETTER_LATE: "9.5"}),
    indicator("reposts", "40", {FindingKind.REPOST_LATE: "0.1", FindingKind.REPOST_DIVERGED: "6"}),
    vetoes=(UNREACHABLE, STALE_COLUMNS),
)

evidence = st.lists(
    st.builds(finding, st.uuids().map(str), st.sampled_from(FindingKind)),
    unique_by=lambda found: found.id,
)
ordinary = st.lists(
    st.builds(
        finding,
        st.uuids().map(str),
        st.sampled_from([kind for rule in RULES.indicators for kind in rule.costs]),
    ),
    unique_by=lambda found: found.id,
)


def test_the_worked_example_of_2019_leaves_89_points() -> None:
    national = rules(
        indicator("policy-column", "30", {FindingKind.POLICIES_OVERDUE: "5"}),
        indicator("statistics", "25", {FindingKind.COLUMN_OVERDUE: "2"}),
        indicator("replies", "25", {FindingKind.LETTER_LATE: "3"}),
        indicator("function", "20", {FindingKind.LABEL_MISSING: "1"}),
    )
    found = [
        finding("a", FindingKind.POLICIES_OVERDUE),
        finding("b", FindingKind.COLUMN_OVERDUE),
        finding("c", FindingKind.LETTER_LATE),
        finding("d", FindingKind.LABEL_MISSING),
    ]
    result = score(national, found)
    assert result.points == Decimal(89)
    assert result.grade.label == "合格"
    assert [row.points_after_cap for row in result.ledger] == [5, 2, 3, 1]


def test_without_findings_nothing_is_lost() -> None:
    result = score(RULES, [])
    assert result.points == 100
    assert result.grade is Grade.QUALIFIED
    assert not result.ledger


def test_each_row_of_the_ledger_explains_itself() -> None:
    (row,) = score(RULES, [finding("a", FindingKind.NEWS_OVERDUE)]).ledger
    assert row.document() == {
        "indicator": "news",
        "rule_version": "example@1",
        "finding": "a",
        "evidence": ("page", "probe-a"),
        "points": "5.1",
        "points_after_cap": "5.1",
        "cap_applied": False,
        "remedy": "整改news。",
    }


def test_an_indicator_costs_no_more_than_its_points() -> None:
    ledger = score(RULES, [finding(name, FindingKind.NEWS_OVERDUE) for name in "abcd"]).ledger
    assert [(str(row.points_after_cap), row.cap_applied) for row in ledger] == [
        ("5.1", False),
        ("5.1", False),
        ("2.1", True),
        ("0.0", True),
    ]
    assert {str(row.points) for row in ledger} == {"5.1"}


def test_tenths_add_up_exactly() -> None:
    found = [finding(str(n), FindingKind.REPOST_LATE) for n in range(3)]
    assert str(score(RULES, found).points) == "99.7"


def test_a_veto_fails_the_site_and_leaves_the_rest_unscored() -> None:
    found = [finding("a", FindingKind.SITE_UNREACHABLE), finding("b", FindingKind.LETTER_LATE)]
    result = score(RULES, found)
    assert result.points == 0
    assert (result.vetoed, result.grade.label) == (True, "不合格")
    assert [row.indicator for row in result.ledger] == ["unreachable"]


def test_two_vetoes_are_both_listed_but_take_the_points_once() -> None:
    found = [finding("a", FindingKind.SITE_UNREACHABLE)]
    found += [finding(name, FindingKind.COLUMN_PAST_RED_LINE) for name in "bcd"]
    ledger = score(RULES, found).ledger
    assert [row.indicator for row in ledger] == ["unreachable"] + ["stale-columns"] * 3
    assert [row.points_after_cap for row in ledger] == [100, 0, 0, 0]


def test_a_veto_waits_for_its_threshold() -> None:
    found = [finding(name, FindingKind.COLUMN_PAST_RED_LINE) for name in "ab"]
    assert score(RULES, found).grade is Grade.QUALIFIED
    assert score(RULES, [*found, finding("c", FindingKind.COLUMN_PAST_RED_LINE)]).vetoed


@pytest.mark.parametrize(
    ("cost", "grade", "bonus_open"),
    [
        ("19.9", Grade.QUALIFIED, True),
        ("20", Grade.QUALIFIED, False),
        ("40", Grade.QUALIFIED, False),
        ("40.1", Grade.UNQUALIFIED, False),
    ],
)
def test_gates_stand_at_60_and_80(cost: str, grade: Grade, bonus_open: bool) -> None:  # noqa: FBT001  # a column of the table
    ruleset = rules(indicator("all", "100", {FindingKind.LETTER_LATE: cost}))
    result = score(ruleset, [finding("a", FindingKind.LETTER_LATE)])
    assert (result.grade, result.bonus_open) == (grade, bonus_open)


def test_a_finding_told_twice_counts_once() -> None:
    once = [finding("a", FindingKind.LETTER_LATE)]
    shuffled = replace(once[0], evidence=tuple(reversed(once[0].evidence)))
    assert score(RULES, [*once, shuffled]).canonical() == score(RULES, once).canonical()


def test_contradictions_are_refused_and_all_named() -> None:
    told = [finding(name, FindingKind.LETTER_LATE) for name in "cab"]
    retold = [replace(each, summary="另一种说法") for each in told if each.id != "b"]
    with pytest.raises(ContradictoryEvidence) as refusal:
        score(RULES, [*told, *retold])
    pointers = [fault["pointer"] for fault in refusal.value.members["faults"]]
    assert pointers == ["/evidence/a", "/evidence/c"]


@given(evidence, st.randoms(use_true_random=False))
def test_the_order_of_evidence_never_matters(found: list[Finding], chance: Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert score(RULES, shuffled).canonical() == score(RULES, found).canonical()


@given(evidence)
def test_deductions_sum_to_what_is_missing(found: list[Finding]) -> None:
    result = score(RULES, found)
    assert sum(row.points_after_cap for row in result.ledger) == 100 - result.points
    assert 0 <= result.points <= 100


@given(ordinary)
def test_no_indicator_exceeds_its_ceiling(found: list[Finding]) -> None:
    result = score(RULES, found)
    for rule in RULES.indicators:
        rows = [row for row in result.ledger if row.indicator == rule.id]
        lost = sum(row.points_after_cap for row in rows)
        assert lost == min(rule.ceiling, sum(row.points for row in rows))
        assert all(row.cap_applied == (row.points_after_cap < row.points) for row in rows)


@given(evidence, st.uuids().map(str), st.sampled_from(FindingKind))
def test_one_more_finding_never_raises_a_score(
    found: list[Finding], id: str, kind: FindingKind
) -> None:
    before = score(RULES, found)
    if id not in {each.id for each in found}:
        assert score(RULES, [*found, finding(id, kind)]).points <= before.points


def test_the_bytes_carry_every_digest_and_change_with_the_evidence() -> None:
    one = score(RULES, [finding("a", FindingKind.LETTER_LATE)])
    document = json.loads(one.canonical())
    assert document["ruleset_digest"] == RULES.digest
    assert document["points"] == "90.5"
    assert set(document) == set(Score.__dataclass_fields__)
    other = replace(finding("a", FindingKind.LETTER_LATE), summary="改")
    assert score(RULES, [other]).evidence_digest != one.evidence_digest


def test_the_bytes_of_a_score_never_change() -> None:
    found = [finding("a", FindingKind.LETTER_LATE), finding("b", FindingKind.REPOST_DIVERGED)]
    assert score(RULES, found).evidence_digest == EVIDENCE_DIGEST


EVIDENCE_DIGEST = "7d8d53ce24222f349e46e70b8bb55184af29b8107fdbd89857129b59094ad965"
