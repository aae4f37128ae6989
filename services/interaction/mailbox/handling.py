"""How a letter moves from receipt to publication, and the words for where it stands."""

from enum import StrEnum

from shared.contracts.letters import LetterKind, LetterState, LetterStep
from shared.problem import Conflict


class Act(StrEnum):
    """What can be done with a letter."""

    DISPATCH = "dispatch"
    DRAFT = "draft"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"


# A letter sent to the wrong unit goes on to another; a draft may be written anew before review.
TRANSITIONS = {
    (LetterState.RECEIVED, Act.DISPATCH): LetterState.DISPATCHED,
    (LetterState.DISPATCHED, Act.DISPATCH): LetterState.DISPATCHED,
    (LetterState.DISPATCHED, Act.DRAFT): LetterState.DRAFTED,
    (LetterState.DRAFTED, Act.DRAFT): LetterState.DRAFTED,
    (LetterState.DRAFTED, Act.RETURN): LetterState.DISPATCHED,
    (LetterState.DRAFTED, Act.APPROVE): LetterState.ANSWERED,
    (LetterState.ANSWERED, Act.PUBLISH): LetterState.PUBLISHED,
}
OPEN = (LetterState.RECEIVED, LetterState.DISPATCHED, LetterState.DRAFTED)

KINDS = {
    LetterKind.CONSULTATION: "咨询",
    LetterKind.COMPLAINT: "投诉",
    LetterKind.SUGGESTION: "建议",
    LetterKind.HELP: "求助",
    LetterKind.REPORT: "举报",
    LetterKind.PRAISE: "表扬",
    LetterKind.CORRECTION: "纠错",
}
STATES = {
    LetterState.RECEIVED: "已受理",
    LetterState.DISPATCHED: "办理中",
    LetterState.DRAFTED: "答复审核中",
    LetterState.ANSWERED: "已答复",
    LetterState.PUBLISHED: "已答复并公开",
}
STEPS = {
    LetterStep.RECEIVED: "来信受理",
    LetterStep.DISPATCHED: "转交办理",
    LetterStep.DUE_CHANGED: "答复期限调整",
    LetterStep.ANSWERED: "答复来信人",
    LetterStep.PUBLISHED: "公开答复",
}


class WrongState(Conflict):
    """The letter's state does not allow this act."""

    advice = "来信目前的办理状态不允许此操作。"


class OutsideLine(Conflict):
    """The unit does not stand under the government this site belongs to."""

    advice = "只能转交给本网站所属政府及其下级单位。"


class NoConsent(Conflict):
    """The writer did not consent to publication."""

    advice = "来信人不同意公开，不能公开此信。"


def advance(state: LetterState, act: Act) -> LetterState:
    """Return the state `act` leads to, or raise `WrongState`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise WrongState(state=state) from None
