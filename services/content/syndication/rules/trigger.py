"""On which releases a rule issues, and what may be done with it."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from services.content.editorial.vocabulary import includes, vocabularies
from shared.contracts.content import ItemKind
from shared.contracts.directive_rules import RuleAct, RuleState, Trigger
from shared.contracts.registry import Level
from shared.problem import Conflict, Fault

TRANSITIONS: Mapping[tuple[RuleState, RuleAct], RuleState] = {
    (RuleState.ACTIVE, RuleAct.CHANGED): RuleState.ACTIVE,
    (RuleState.SUSPENDED, RuleAct.CHANGED): RuleState.SUSPENDED,
    (RuleState.ACTIVE, RuleAct.SUSPENDED): RuleState.SUSPENDED,
    (RuleState.SUSPENDED, RuleAct.RESUMED): RuleState.ACTIVE,
    (RuleState.ACTIVE, RuleAct.ENDED): RuleState.ENDED,
    (RuleState.SUSPENDED, RuleAct.ENDED): RuleState.ENDED,
}


class WrongRuleState(Conflict):
    """The rule's state does not allow this act."""

    advice = "该规则当前状态不允许这样操作：已终止的规则不能再变更，只有停用的规则可以恢复。"


class Released(NamedTuple):
    """A release as far as triggers ask."""

    site_code: str
    level: Level
    kind: ItemKind
    subject: str | None


def matches(trigger: Trigger, item: Released) -> bool:
    """Say whether everything the trigger names fits what was released.

    A status statement speaks of its own column, and is nothing to repost.
    """
    subject = item.subject or ""
    return item.kind is not ItemKind.STATUS_STATEMENT and all(
        (
            not trigger.from_levels or item.level in trigger.from_levels,
            not trigger.from_sites or item.site_code in trigger.from_sites,
            not trigger.kinds or item.kind in trigger.kinds,
            not trigger.subjects or any(includes(term, subject) for term in trigger.subjects),
        )
    )


def kinds_met(trigger: Trigger) -> Collection[ItemKind]:
    """Return the kinds of items that a rule may meet."""
    return trigger.kinds or set(ItemKind) - {ItemKind.STATUS_STATEMENT}


def faults(trigger: Trigger, sites: Collection[str]) -> Iterator[Fault]:
    """Yield whatever is named but leads nowhere, given which of the sites there are."""
    for at, code in enumerate(trigger.from_sites):
        if code not in sites:
            yield Fault(f"/from_sites/{at}", "unknown", f"没有网站 {code}。")
    for at, term in enumerate(trigger.subjects):
        if term not in vocabularies()["subject"]:
            yield Fault(f"/subjects/{at}", "unknown_term", f"主题分类词表中没有“{term}”。")


def advance(state: RuleState, act: RuleAct) -> RuleState:
    """Return the state an act leads to, or refuse the act."""
    if (state, act) not in TRANSITIONS:
        raise WrongRuleState(state=state)
    return TRANSITIONS[state, act]
