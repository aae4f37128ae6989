"""Which act leads a contribution where."""

from enum import StrEnum

from shared.contracts.supply import ContributionState
from shared.problem import Conflict


class Act(StrEnum):
    """What may be done to a contribution."""

    REVISE = "revise"
    RETURN = "return"
    ADOPT = "adopt"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


TRANSITIONS = {
    (ContributionState.RETURNED, Act.REVISE): ContributionState.SUBMITTED,
    (ContributionState.SUBMITTED, Act.RETURN): ContributionState.RETURNED,
    (ContributionState.SUBMITTED, Act.ADOPT): ContributionState.ADOPTED,
    (ContributionState.SUBMITTED, Act.DECLINE): ContributionState.DECLINED,
    (ContributionState.SUBMITTED, Act.WITHDRAW): ContributionState.WITHDRAWN,
    (ContributionState.RETURNED, Act.WITHDRAW): ContributionState.WITHDRAWN,
}


class ContributionDecided(Conflict):
    """The contribution's state does not allow this act."""

    advice = "报送信息当前状态不允许这样操作。"


def advance(state: ContributionState, act: Act) -> ContributionState:
    """Return the state `act` leads to, or raise `ContributionDecided`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise ContributionDecided(state=state, act=act) from None
