"""How a commission goes on, from the invitation to the accepted work."""

from shared.contracts.commissioning import CommissionState
from shared.problem import Conflict, Forbidden

NEXT = {
    CommissionState.INVITED: {
        CommissionState.ACCEPTED,
        CommissionState.DECLINED,
        CommissionState.CANCELLED,
    },
    CommissionState.ACCEPTED: {CommissionState.DELIVERED, CommissionState.CANCELLED},
    CommissionState.DELIVERED: {CommissionState.ACCEPTED, CommissionState.ACCEPTED_WORK},
}
"""A delivery that will not do goes back to `accepted`."""


class CommissionStands(Conflict):
    """The commission's state does not allow this step."""

    advice = "约稿当前状态不允许这样操作。"


class OwnCommission(Forbidden):
    """Who gave a commission does not accept the work, which a fee is paid for."""

    advice = "约稿人不能验收自己的约稿，请由他人验收。"


def check_step(state: CommissionState, to: CommissionState) -> None:
    """Refuse a step that leads nowhere from here."""
    if to not in NEXT.get(state, ()):
        raise CommissionStands(state=state, to=to)
