"""What may be read by all, and the words for it."""

from collections.abc import Mapping

from shared.contracts.voices import ModerationAct, VoiceState
from shared.problem import Conflict

DECIDED = {
    ModerationAct.APPROVE: VoiceState.APPROVED,
    ModerationAct.DECLINE: VoiceState.DECLINED,
}
STATES: Mapping[VoiceState, str] = {
    VoiceState.HELD: "待审核",
    VoiceState.APPROVED: "已通过审核",
    VoiceState.DECLINED: "未予公开",
}


class DecidedAlready(Conflict):
    """That is what was decided about it before."""

    advice = "该条内容已是这一审核结果，无需重复操作。"


def decide(state: VoiceState, act: ModerationAct) -> VoiceState:
    """Return what a decision leads to; a mistaken one is undone by the other, never repeated."""
    decided = DECIDED[act]
    if decided is state:
        raise DecidedAlready(state=state)
    return decided
