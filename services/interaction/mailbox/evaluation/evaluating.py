"""What a writer may say of an answer, and what follows from it."""

from functools import cache

from shared.contracts.letters import Satisfaction, StateType
from shared.figures import Figures, Source, read
from shared.problem import Conflict, NotFound

SATISFACTION = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIRLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}


class NotAnswered(Conflict):
    """There is no answer to evaluate or to object to."""

    advice = "来信尚未答复，不能评价或申请重新办理。"


class AlreadyEvaluated(Conflict):
    """Its writer has evaluated this answer."""

    advice = "您已评价过这次答复。"


class ReopenedOften(Conflict):
    """The letter was taken up again as often as its writer may ask."""

    advice = "此信已多次重新办理，如有新的情况请另行来信。"


class TooLateToReopen(Conflict):
    """The time in which a writer may have the letter taken up again is over."""

    advice = "申请重新办理的期限已过，如有新的情况请另行来信。"


class NoSuchLink(NotFound):
    """The link is unknown, was used, or is too old."""

    advice = "评价链接无效、已使用或已过期。"


class Reopening(Figures):
    """How often and for how long a letter may be taken up again for its writer."""

    source: Source
    times: int
    working_days: int


@cache
def reopening() -> Reopening:
    """Return the figures this version was made with."""
    return read(Reopening, __package__, "reopening.yaml")


def may_evaluate(state_type: StateType, *, evaluated: bool) -> None:
    """Refuse to evaluate what has no answer, or has its evaluation."""
    if evaluated:
        raise AlreadyEvaluated
    if state_type is not StateType.ANSWERED:
        raise NotAnswered


def settles(satisfaction: Satisfaction, *, solved: bool | None) -> bool:
    """Say whether a writer's words end the matter: solved, or content and not saying otherwise."""
    if solved is not None:
        return solved
    return satisfaction is not Satisfaction.DISSATISFIED


def may_reopen(*, working_days: int, times: int, figures: Reopening) -> None:
    """Refuse a writer who asks too often, or too many `working_days` after the answer."""
    if times >= figures.times:
        raise ReopenedOften(times=times)
    if working_days > figures.working_days:
        raise TooLateToReopen(working_days=figures.working_days)
