"""When a letter may be erased, and who may say so."""

from shared.contracts.letters import StateType
from shared.contracts.privacy import ErasureDecision, ErasureState
from shared.problem import Conflict, Fault, Forbidden, Invalid

WRITER = "writer"
STATES = {
    ErasureState.ASKED: "待审批",
    ErasureState.ERASED: "已删除",
    ErasureState.REFUSED: "不予删除",
}


class StillOpen(Conflict):
    """Somebody still owes this letter an answer."""

    advice = "来信尚在办理，办结后方可申请删除。"


class ErasureAlreadyAsked(Conflict):
    """A request to erase this letter is waiting to be decided."""

    advice = "此信的删除申请正在审批，请勿重复申请。"


class AlreadyDecided(Conflict):
    """The request was decided before."""

    advice = "此删除申请已经办理。"


class OwnRequest(Forbidden):
    """Whoever asked for an erasure cannot grant it."""

    advice = "申请人不能审批自己的删除申请。"


def may_ask(state_type: StateType) -> None:
    """Refuse a request about a letter that is still open."""
    if state_type in {StateType.WAITING, StateType.OPEN}:
        raise StillOpen


def decide(
    *, state: ErasureState, asked_by: str, decided_by: str, decision: ErasureDecision
) -> ErasureState:
    """Return what becomes of a request, or refuse a decision that is not this person's to take."""
    if state is not ErasureState.ASKED:
        raise AlreadyDecided
    if asked_by == decided_by:
        raise OwnRequest
    if not decision.erase and not decision.reason:
        raise Invalid([Fault("/reason", "missing", "不予删除应说明理由。")])
    return ErasureState.ERASED if decision.erase else ErasureState.REFUSED
