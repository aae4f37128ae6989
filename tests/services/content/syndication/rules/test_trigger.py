import pytest

from services.content.syndication.rules.trigger import (
    Released,
    WrongRuleState,
    advance,
    faults,
    kinds_met,
    matches,
)
from shared.contracts.content import ItemKind
from shared.contracts.directive_rules import RuleAct, RuleState, Trigger
from shared.contracts.registry import Level

POLICY = Released("3400000001", Level.PROVINCE, ItemKind.POLICY, "综合政务/信访")


@pytest.mark.parametrize(
    ("trigger", "fits"),
    [
        (Trigger(from_levels=[Level.PROVINCE]), True),
        (Trigger(from_levels=[Level.CITY, Level.COUNTY]), False),
        (Trigger(from_sites=["3400000001"]), True),
        (Trigger(from_sites=["3403000006"]), False),
        (Trigger(kinds=[ItemKind.NEWS, ItemKind.POLICY]), True),
        (Trigger(kinds=[ItemKind.NEWS]), False),
        (Trigger(subjects=["综合政务"]), True),
        (Trigger(subjects=["综合政务/信访"]), True),
        (Trigger(subjects=["综合政务/政务公开"]), False),
        (Trigger(from_levels=[Level.PROVINCE], kinds=[ItemKind.NEWS]), False),
    ],
)
def test_everything_a_trigger_names_must_fit(trigger: Trigger, fits: bool) -> None:  # noqa: FBT001  # a column of the table
    assert matches(trigger, POLICY) is fits


def test_what_has_no_subject_fits_no_subject() -> None:
    assert not matches(Trigger(subjects=["综合政务"]), POLICY._replace(subject=None))


def test_a_status_statement_sets_nothing_off() -> None:
    statement = POLICY._replace(kind=ItemKind.STATUS_STATEMENT)
    assert not matches(Trigger(from_levels=[Level.PROVINCE]), statement)
    assert ItemKind.STATUS_STATEMENT not in kinds_met(Trigger(from_levels=[Level.PROVINCE]))


def test_every_name_that_leads_nowhere_is_a_fault() -> None:
    named = Trigger(from_sites=["3400000001", "3400000002"], subjects=["诗歌", "综合政务"])
    assert [(fault.pointer, fault.code) for fault in faults(named, {"3400000001"})] == [
        ("/from_sites/1", "unknown"),
        ("/subjects/0", "unknown_term"),
    ]


@pytest.mark.parametrize("act", [act for act in RuleAct if act is not RuleAct.MADE])
@pytest.mark.parametrize("state", RuleState)
def test_an_ended_rule_stays_ended_and_only_a_suspended_one_is_resumed(
    state: RuleState, act: RuleAct
) -> None:
    leads = {
        (RuleState.ACTIVE, RuleAct.CHANGED): RuleState.ACTIVE,
        (RuleState.ACTIVE, RuleAct.SUSPENDED): RuleState.SUSPENDED,
        (RuleState.ACTIVE, RuleAct.ENDED): RuleState.ENDED,
        (RuleState.SUSPENDED, RuleAct.CHANGED): RuleState.SUSPENDED,
        (RuleState.SUSPENDED, RuleAct.RESUMED): RuleState.ACTIVE,
        (RuleState.SUSPENDED, RuleAct.ENDED): RuleState.ENDED,
    }
    if (state, act) in leads:
        assert advance(state, act) is leads[state, act]
    else:
        with pytest.raises(WrongRuleState):
            advance(state, act)
