from copy import deepcopy
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml

from services.audit.assessment.ruleset import BadRuleset, parse_ruleset
from services.audit.monitoring.finding import FindingKind

BENGBU = (
    files("services.audit.assessment").joinpath("rulesets/bengbu-2017.yaml").read_text("utf-8")
)
SOURCE = {"document": "某文件", "clause": "一（一）", "confidence": "F"}


def indicator(id: str, points: float, costs: dict[str, float], **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": id,
        "group": "信息更新",
        "points": points,
        "costs": costs,
        "source": SOURCE,
        "points_confidence": "own",
        "remedy": "整改。",
        **more,
    }


SMALL: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "title": "示例",
    "source": "某文件",
    "total": 100,
    "gates": {"passing": 60, "bonus": 80},
    "indicators": [
        indicator("news", 60, {"news_overdue": 3}),
        indicator("letters", 40, {"letter_late": 0.5}, cap=20),
    ],
}


def written(change: dict[str, Any]) -> str:
    return yaml.safe_dump(deepcopy(SMALL) | change, allow_unicode=True)


def codes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadRuleset) as refusal:
        parse_ruleset(text)
    faults = refusal.value.members["faults"]
    assert all(fault["detail"].endswith("。") for fault in faults)
    return [(fault["pointer"], fault["code"]) for fault in faults]


def test_the_bengbu_rules_are_read_and_add_up() -> None:
    bengbu = parse_ruleset(BENGBU)
    assert bengbu.reference == "bengbu-2017@1"
    assert sum(rule.points for rule in bengbu.indicators) == Decimal(100)
    assert {rule.source.document for rule in bengbu.indicators} == {"蚌政办秘〔2017〕97号"}


def test_half_points_stay_exact() -> None:
    letters = parse_ruleset(written({})).indicators[1]
    assert letters.costs[FindingKind.LETTER_LATE] == Decimal("0.5")
    assert letters.ceiling == Decimal(20)


def test_the_digest_does_not_depend_on_how_the_rules_are_written_down() -> None:
    plain = parse_ruleset(written({}))
    spelled = written({"total": "100.0"}).replace("points: 60", "points: 60.0")
    assert parse_ruleset(spelled).digest == plain.digest
    assert parse_ruleset(written({"version": "2"})).digest != plain.digest


def test_the_digest_of_a_small_rule_set_never_changes() -> None:
    assert parse_ruleset(written({})).digest == SMALL_DIGEST


def test_every_fault_of_shape_is_named_at_once() -> None:
    indicators = [
        indicator("News Weekly", 100, {"no_such_kind": 1}),
        indicator("letters", 0.25, {"letter_late": 0}),
    ]
    del indicators[0]["remedy"]
    assert codes(written({"indicators": indicators, "note": "?"})) == [
        ("/indicators/0/id", "string_pattern_mismatch"),
        ("/indicators/0/costs/no_such_kind/[key]", "enum"),
        ("/indicators/0/remedy", "missing"),
        ("/indicators/1/points", "decimal_max_places"),
        ("/indicators/1/costs/letter_late", "greater_than"),
        ("/note", "extra_forbidden"),
    ]


def test_every_incoherence_is_named_at_once() -> None:
    indicators = [
        indicator("news", 60, {"news_overdue": 3}, cap=60.1),
        indicator("news", 30, {"news_overdue": 1, "letter_late": 1}),
    ]
    gates = {"passing": 90, "bonus": 80}
    assert codes(written({"indicators": indicators, "gates": gates})) == [
        ("/indicators", "points_do_not_add_up"),
        ("/gates", "gates_out_of_order"),
        ("/indicators/0/cap", "cap_exceeds_points"),
        ("/indicators", "repeated_id"),
        ("/indicators", "charged_twice"),
    ]


def test_a_bonus_gate_above_the_total_is_refused() -> None:
    gates = {"passing": 60, "bonus": 100.1}
    assert codes(written({"gates": gates})) == [("/gates", "gates_out_of_order")]


def test_a_veto_may_not_take_the_id_of_an_indicator() -> None:
    veto = {
        "id": "news",
        "name": "被通报",
        "finding_kinds": ["named_by_state_council"],
        "source": SOURCE,
        "remedy": "整改。",
    }
    assert codes(written({"vetoes": [veto]})) == [("/indicators", "repeated_id")]


@pytest.mark.parametrize("text", ["a: [", "\t"])
def test_text_that_is_no_yaml_is_refused(text: str) -> None:
    assert codes(text) == [("", "not_yaml")]


@pytest.mark.parametrize("text", ["", "- 1", "just words"])
def test_yaml_that_is_no_rule_set_is_refused(text: str) -> None:
    assert codes(text) == [("", "model_type")]


SMALL_DIGEST = "09a38604293fabb2c2956db2367b658a3854e2f9dd2e92186238e5cdcb4be7a9"
