"""How a survey moves from draft to result, and who may let it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum

from shared.contracts.content import Verdict
from shared.contracts.surveys import SurveyState
from shared.problem import Conflict, Fault, Forbidden, Invalid


class Act(StrEnum):
    """What can be done with a survey."""

    REVISE = "revise"
    RETURN = "return"
    APPROVE = "approve"
    OPEN = "open"
    INVITE = "invite"
    ANSWER = "answer"
    CLOSE = "close"
    EXPORT = "export"


# An approval is of one text: another text needs another, and what waits to open may be held back.
TRANSITIONS = {
    (SurveyState.DRAFTED, Act.REVISE): SurveyState.DRAFTED,
    (SurveyState.DRAFTED, Act.RETURN): SurveyState.RETURNED,
    (SurveyState.DRAFTED, Act.APPROVE): SurveyState.APPROVED,
    (SurveyState.RETURNED, Act.REVISE): SurveyState.DRAFTED,
    (SurveyState.APPROVED, Act.REVISE): SurveyState.DRAFTED,
    (SurveyState.APPROVED, Act.RETURN): SurveyState.RETURNED,
    (SurveyState.APPROVED, Act.INVITE): SurveyState.APPROVED,
    (SurveyState.APPROVED, Act.OPEN): SurveyState.OPEN,
    (SurveyState.OPEN, Act.INVITE): SurveyState.OPEN,
    (SurveyState.OPEN, Act.ANSWER): SurveyState.OPEN,
    (SurveyState.OPEN, Act.CLOSE): SurveyState.CLOSED,
    (SurveyState.CLOSED, Act.EXPORT): SurveyState.CLOSED,
}
PUBLIC = (SurveyState.OPEN, SurveyState.CLOSED)

STATES = {
    SurveyState.DRAFTED: "待审定",
    SurveyState.RETURNED: "已退回",
    SurveyState.APPROVED: "待开放",
    SurveyState.OPEN: "进行中",
    SurveyState.CLOSED: "已结束",
}


class SurveyOutOfTurn(Conflict):
    """The survey's state does not allow this act."""

    advice = "调查目前的状态不允许此操作。"


class FrozenSurvey(Conflict):
    """What respondents were asked is changed no more."""

    advice = "问卷一经开放即不再更改。如有错误，请提前结束本次调查，另行起草后续调查。"


class SurveyOver(Conflict):
    """The survey takes no more responses."""

    advice = "本次调查已经结束，感谢您的关注。"


class AnswersComing(Conflict):
    """Single answers are handed out only when no more can come."""

    advice = "调查结束后才能导出答卷，以免从先后两次导出推断个人的回答。"


class OwnSurvey(Forbidden):
    """Whoever wrote a survey cannot review it."""

    advice = "参与起草问卷的人不能审定该问卷。"


class SurveyChanged(Conflict):
    """The text is not the one that was read for this review."""

    advice = "问卷内容已变更，请重新审阅后再审定。"


def advance(state: SurveyState, act: Act) -> SurveyState:
    """Return the state `act` leads to, or refuse."""
    if act is Act.REVISE and state in PUBLIC:
        raise FrozenSurvey
    if act is Act.ANSWER and state is SurveyState.CLOSED:
        raise SurveyOver
    if act is Act.EXPORT and state is SurveyState.OPEN:
        raise AnswersComing
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise SurveyOutOfTurn(state=state) from None


def decide(
    *,
    authors: Collection[str],
    reviewer: str,
    digests: tuple[str, str],
    verdict: Verdict,
    reason: str | None,
) -> None:
    """Refuse a decision that is not the reviewer's to take, of another text, or unreasoned.

    `digests` are of the text as it is and of the one that was read.
    """
    if reviewer in authors:
        raise OwnSurvey
    if digests[0] != digests[1]:
        raise SurveyChanged
    if verdict is Verdict.RETURN and not reason:
        raise Invalid([Fault("/reason", "missing", "退回问卷应说明理由。")])


def time_faults(opens_at: datetime | None, closes_at: datetime, now: datetime) -> Iterator[Fault]:
    """Yield what is wrong with the time a survey is to take."""
    if closes_at <= now:
        yield Fault("/closes_at", "past", "结束时间应晚于现在。")
    if opens_at is not None and opens_at >= closes_at:
        yield Fault("/opens_at", "after_closing", "开放时间应早于结束时间。")
