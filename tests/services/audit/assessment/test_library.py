import pytest

from services.audit.assessment.library import NoSuchRuleset, ruleset, rulesets
from services.audit.assessment.report import public_ruleset


def test_every_rule_set_checked_in_is_known_by_its_id() -> None:
    assert "bengbu-2017" in rulesets()
    assert all(name == each.id for name, each in rulesets().items())


def test_an_unknown_rule_set_is_refused() -> None:
    with pytest.raises(NoSuchRuleset):
        ruleset("nowhere-2000")


def test_a_rule_set_is_shown_whole_and_in_words() -> None:
    shown = public_ruleset(ruleset("bengbu-2017"))
    assert sum(indicator.points for indicator in shown.indicators) == shown.total == 100
    [letters] = [each for each in shown.indicators if each.id == "letters-in-15-working-days"]
    assert [(cost.kind, cost.label) for cost in letters.costs] == [("letter_late", "来信答复逾期")]
    assert all(each.document and each.clause for each in shown.indicators)
    assert all(each.document and each.clause for each in shown.vetoes)
