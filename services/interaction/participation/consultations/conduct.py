"""How a consultation moves from preparation to its published report, and who may move it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from services.interaction.participation.consultations.terms import first_possible_end
from shared.contracts.consultations import ConsultationState
from shared.contracts.consulting import AdoptionDecision, ConsultationKind, ConsultationText
from shared.problem import Conflict, Fault, Forbidden, NotFound, Unprocessable


class Act(StrEnum):
    """What can be done with a consultation."""

    CHANGE = "change"
    OPEN = "open"
    TAKE_IN = "take_in"
    MODERATE = "moderate"
    END = "end"
    ANSWER = "answer"
    REPORT = "report"
    PUBLISH = "publish"


# Nothing but the publication of its report closes a consultation.
TRANSITIONS = {
    (ConsultationState.PREPARED, Act.CHANGE): ConsultationState.PREPARED,
    (ConsultationState.PREPARED, Act.OPEN): ConsultationState.OPEN,
    (ConsultationState.OPEN, Act.TAKE_IN): ConsultationState.OPEN,
    (ConsultationState.OPEN, Act.MODERATE): ConsultationState.OPEN,
    (ConsultationState.OPEN, Act.ANSWER): ConsultationState.OPEN,
    (ConsultationState.OPEN, Act.END): ConsultationState.ENDED,
    (ConsultationState.ENDED, Act.MODERATE): ConsultationState.ENDED,
    (ConsultationState.ENDED, Act.ANSWER): ConsultationState.ENDED,
    (ConsultationState.ENDED, Act.REPORT): ConsultationState.ENDED,
    (ConsultationState.ENDED, Act.PUBLISH): ConsultationState.CLOSED,
}
PUBLIC = (ConsultationState.OPEN, ConsultationState.ENDED, ConsultationState.CLOSED)

KINDS = {
    ConsultationKind.RULES: "规章草案",
    ConsultationKind.MAJOR_DECISION: "重大行政决策",
    ConsultationKind.NORMATIVE_DOCUMENT: "行政规范性文件",
    ConsultationKind.OTHER: "其他事项",
}
STATES = {
    ConsultationState.PREPARED: "筹备中",
    ConsultationState.OPEN: "征集中",
    ConsultationState.ENDED: "征集结束，意见研究中",
    ConsultationState.CLOSED: "已公布采纳情况",
}
DECISIONS = {
    AdoptionDecision.ADOPTED: "采纳",
    AdoptionDecision.PARTLY: "部分采纳",
    AdoptionDecision.NOT_ADOPTED: "未采纳",
}


class OutOfSequence(Conflict):
    """The consultation's state does not allow this act."""

    advice = "征集活动目前的状态不允许此操作。"


class OwnConsultation(Forbidden):
    """Whoever prepared a consultation cannot open it, nor its report's author publish that."""

    advice = "本人拟定的内容须由他人审核后才能开始征集或公布。"


class NotTakingOpinions(Conflict):
    """Opinions are taken in from the day a consultation opens to the day it closes."""

    advice = "现在不在征集意见的时间内。"


class NoSuchOpinion(NotFound):
    """No opinion has this number and query code."""

    advice = "没有找到意见，请核对意见编号和查询码。"


class OpinionsUnsettled(Unprocessable):
    """Some opinions wait for moderation or for an answer; every one gets what became of it."""

    advice = "还有意见未审核或未说明采纳情况，不能公布采纳情况报告。"


def advance(state: ConsultationState, act: Act) -> ConsultationState:
    """Return the state `act` leads to, or raise `OutOfSequence`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise OutOfSequence(state=state) from None


def another(author: str | None, actor: str) -> None:
    """Refuse whoever would let their own text go."""
    if author == actor:
        raise OwnConsultation


def faults(text: ConsultationText, shortest: int) -> Iterator[Fault]:
    """Yield everything wrong with when a consultation is open."""
    if text.closes_on <= text.opens_on:
        yield Fault("/closes_on", "before_opening", "截止日期应在开始日期之后。")
    elif text.closes_on < first_possible_end(text.opens_on, shortest):
        if text.shortened_because is None:
            told = f"征集期限不得少于{shortest}日；确需缩短的，请说明理由。"
            yield Fault("/closes_on", "too_short", told)
    elif text.shortened_because is not None:
        yield Fault("/shortened_because", "not_shortened", "征集期限没有缩短，无需说明理由。")


def check_takes_in(state: ConsultationState, opens_on: date, closes_on: date, today: date) -> None:
    """Refuse an opinion that comes before the opening or after the end, whoever noticed it yet."""
    if state is not ConsultationState.OPEN or not opens_on <= today <= closes_on:
        raise NotTakingOpinions(opens_on=opens_on.isoformat(), closes_on=closes_on.isoformat())


def check_settled(held: int, unanswered: int) -> None:
    """Refuse a report while an opinion has no answer."""
    if held or unanswered:
        raise OpinionsUnsettled(held=held, unanswered=unanswered)
