"""Which act leads a topic where."""

from enum import StrEnum

from shared.contracts.topics import TopicState
from shared.problem import Conflict


class Act(StrEnum):
    """What may be done to a topic."""

    CHANGE = "change"
    CLOSE = "close"
    ARCHIVE = "archive"


TRANSITIONS = {
    (TopicState.OPEN, Act.CHANGE): TopicState.OPEN,
    (TopicState.OPEN, Act.CLOSE): TopicState.CLOSED,
    (TopicState.CLOSED, Act.ARCHIVE): TopicState.ARCHIVED,
}


class TopicStands(Conflict):
    """The topic's state does not allow this act."""

    advice = "专题当前状态不允许这样操作。"


def advance(state: TopicState, act: Act) -> TopicState:
    """Return the state `act` leads to, or raise `TopicStands`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise TopicStands(state=state, act=act) from None
