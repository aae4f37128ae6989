"""How a letter moves from receipt to its end, and the words for where it stands."""

from enum import StrEnum

from shared.contracts.letters import (
    LetterChannel,
    LetterKind,
    LetterState,
    LetterStep,
    StateType,
    Urgency,
)
from shared.problem import Conflict


class Act(StrEnum):
    """What can be done with a letter."""

    CLEAR = "clear"
    ACCEPT = "accept"
    REFUSE = "refuse"
    MERGE = "merge"
    UNMERGE = "unmerge"
    DISPATCH = "dispatch"
    GIVE_BACK = "give_back"
    DRAFT = "draft"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"
    SUPPLEMENT = "supplement"
    PUBLISH = "publish"
    SETTLE = "settle"
    CLOSE = "close"
    REOPEN = "reopen"


# To dispatch a letter is to accept it. One sent to the wrong unit goes on to another, or back; a
# draft may be written anew before review, or be withdrawn from it. An answer may be followed by a
# further one, which moves the letter nowhere. What was merged is answered with its lead.
TRANSITIONS = {
    (LetterState.HELD, Act.CLEAR): LetterState.RECEIVED,
    (LetterState.HELD, Act.REFUSE): LetterState.REFUSED,
    (LetterState.RECEIVED, Act.ACCEPT): LetterState.ACCEPTED,
    (LetterState.RECEIVED, Act.REFUSE): LetterState.REFUSED,
    (LetterState.RECEIVED, Act.MERGE): LetterState.MERGED,
    (LetterState.RECEIVED, Act.DISPATCH): LetterState.DISPATCHED,
    (LetterState.ACCEPTED, Act.REFUSE): LetterState.REFUSED,
    (LetterState.ACCEPTED, Act.MERGE): LetterState.MERGED,
    (LetterState.ACCEPTED, Act.DISPATCH): LetterState.DISPATCHED,
    (LetterState.MERGED, Act.UNMERGE): LetterState.ACCEPTED,
    (LetterState.MERGED, Act.APPROVE): LetterState.ANSWERED,
    (LetterState.DISPATCHED, Act.MERGE): LetterState.MERGED,
    (LetterState.DISPATCHED, Act.DISPATCH): LetterState.DISPATCHED,
    (LetterState.DISPATCHED, Act.GIVE_BACK): LetterState.ACCEPTED,
    (LetterState.DISPATCHED, Act.DRAFT): LetterState.DRAFTED,
    (LetterState.DRAFTED, Act.DRAFT): LetterState.DRAFTED,
    (LetterState.DRAFTED, Act.WITHDRAW): LetterState.DISPATCHED,
    (LetterState.DRAFTED, Act.RETURN): LetterState.DISPATCHED,
    (LetterState.DRAFTED, Act.APPROVE): LetterState.ANSWERED,
    **{
        (state, act): after
        for state in (LetterState.ANSWERED, LetterState.RESOLVED, LetterState.UNRESOLVED)
        for act, after in (
            (Act.SUPPLEMENT, state),
            (Act.PUBLISH, state),
            (Act.SETTLE, LetterState.RESOLVED),
            (Act.CLOSE, LetterState.UNRESOLVED),
            (Act.REOPEN, LetterState.DISPATCHED),
        )
    },
}

KINDS = {
    LetterKind.CONSULTATION: "咨询",
    LetterKind.COMPLAINT: "投诉",
    LetterKind.SUGGESTION: "建议",
    LetterKind.HELP: "求助",
    LetterKind.REPORT: "举报",
    LetterKind.PRAISE: "表扬",
    LetterKind.CORRECTION: "纠错",
}
CHANNELS = {
    LetterChannel.WEB: "网站",
    LetterChannel.APP: "手机应用",
    LetterChannel.PHONE: "电话",
    LetterChannel.POST: "信函",
    LetterChannel.VISIT: "来访",
}
STATES = {
    LetterState.HELD: "待核查",
    LetterState.RECEIVED: "待受理",
    LetterState.REFUSED: "不予受理",
    LetterState.MERGED: "已并案",
    LetterState.ACCEPTED: "已受理",
    LetterState.DISPATCHED: "办理中",
    LetterState.DRAFTED: "答复审核中",
    LetterState.ANSWERED: "已答复",
    LetterState.RESOLVED: "已办结",
    LetterState.UNRESOLVED: "已终结（未解决）",
}
TYPES = {
    LetterState.HELD: StateType.WAITING,
    LetterState.RECEIVED: StateType.WAITING,
    LetterState.REFUSED: StateType.REFUSED,
    LetterState.MERGED: StateType.MERGED,
    LetterState.ACCEPTED: StateType.OPEN,
    LetterState.DISPATCHED: StateType.OPEN,
    LetterState.DRAFTED: StateType.OPEN,
    LetterState.ANSWERED: StateType.ANSWERED,
    LetterState.RESOLVED: StateType.RESOLVED,
    LetterState.UNRESOLVED: StateType.UNRESOLVED,
}
OPEN = tuple(state for state, kind in TYPES.items() if kind in {StateType.WAITING, StateType.OPEN})
"""The states in which somebody still owes the writer an answer."""
AWAITED = (*OPEN, LetterState.MERGED)
"""The states in which the writer still waits for one, be it another letter's."""
HANDLED = (LetterState.DISPATCHED, LetterState.DRAFTED)
"""The states in which a unit is at work on it."""
URGENCIES = {Urgency.ORDINARY: "一般", Urgency.IMPORTANT: "重要", Urgency.URGENT: "紧急"}
STEPS = {
    LetterStep.RECEIVED: "收到来信",
    LetterStep.ACCEPTED: "受理来信",
    LetterStep.REFUSED: "不予受理",
    LetterStep.MERGED: "并入相同来信",
    LetterStep.UNMERGED: "恢复单独办理",
    LetterStep.DISPATCHED: "转交办理",
    LetterStep.TRANSFERRED: "改由其他单位办理",
    LetterStep.CO_HANDLED: "会同办理",
    LetterStep.GIVEN_BACK: "退回重新分办",
    LetterStep.DUE_CHANGED: "答复期限调整",
    LetterStep.EXTENDED: "延长答复期限",
    LetterStep.ANSWERED: "答复来信人",
    LetterStep.SUPPLEMENTED: "补充答复",
    LetterStep.PUBLISHED: "公开答复",
    LetterStep.UNPUBLISHED: "撤下公开答复",
    LetterStep.EVALUATED: "来信人评价",
    LetterStep.RESOLVED: "办结",
    LetterStep.CLOSED: "终结（未解决）",
    LetterStep.REOPENED: "重新办理",
    LetterStep.CONSENTED: "来信人同意公开",
    LetterStep.CONSENT_WITHDRAWN: "来信人不再同意公开",
}


def as_told(state: LetterState) -> LetterState:
    """Return the state its writer is told: that a letter is held is between clerks."""
    return LetterState.RECEIVED if state is LetterState.HELD else state


class WrongState(Conflict):
    """The letter's state does not allow this act."""

    advice = "来信目前的办理状态不允许此操作。"


def advance(state: LetterState, act: Act) -> LetterState:
    """Return the state `act` leads to, or raise `WrongState`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise WrongState(state=state) from None
