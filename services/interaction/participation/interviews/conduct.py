"""How an interview moves from preparation to its published record, and who may move it."""

from collections.abc import Collection
from enum import StrEnum

from shared.contracts.interviewing import Guest, NewTranscriptEntry, Speaker
from shared.contracts.interviews import InterviewState
from shared.problem import Conflict, Fault, Forbidden, Invalid, NotFound, Unprocessable


class Act(StrEnum):
    """What can be done with an interview."""

    CHANGE = "change"
    ANNOUNCE = "announce"
    ASK = "ask"
    MODERATE = "moderate"
    START = "start"
    SAY = "say"
    CORRECT = "correct"
    END = "end"
    PUBLISH = "publish"


TRANSITIONS = {
    (InterviewState.PREPARED, Act.CHANGE): InterviewState.PREPARED,
    (InterviewState.PREPARED, Act.ANNOUNCE): InterviewState.ANNOUNCED,
    (InterviewState.ANNOUNCED, Act.ASK): InterviewState.ANNOUNCED,
    (InterviewState.ANNOUNCED, Act.MODERATE): InterviewState.ANNOUNCED,
    (InterviewState.ANNOUNCED, Act.START): InterviewState.LIVE,
    (InterviewState.LIVE, Act.ASK): InterviewState.LIVE,
    (InterviewState.LIVE, Act.MODERATE): InterviewState.LIVE,
    (InterviewState.LIVE, Act.SAY): InterviewState.LIVE,
    (InterviewState.LIVE, Act.CORRECT): InterviewState.LIVE,
    (InterviewState.LIVE, Act.END): InterviewState.ENDED,
    (InterviewState.ENDED, Act.MODERATE): InterviewState.ENDED,
    (InterviewState.ENDED, Act.CORRECT): InterviewState.ENDED,
    (InterviewState.ENDED, Act.PUBLISH): InterviewState.PUBLISHED,
}
PUBLIC = frozenset(InterviewState) - {InterviewState.PREPARED}
OVER = frozenset({InterviewState.ENDED, InterviewState.PUBLISHED})

STATES = {
    InterviewState.PREPARED: "筹备中",
    InterviewState.ANNOUNCED: "预告",
    InterviewState.LIVE: "直播中",
    InterviewState.ENDED: "已结束，实录整理中",
    InterviewState.PUBLISHED: "实录已发布",
}


class NotNow(Conflict):
    """The interview's state does not allow this act."""

    advice = "访谈目前的状态不允许此操作。"


class OwnInterview(Forbidden):
    """Nobody lets their own announcement go, nor a record in which they entered something."""

    advice = "本人拟定或录入的内容须由他人审核后才能发布。"


class NoSuchQuestion(NotFound):
    """No question has this number and query code."""

    advice = "没有找到提问，请核对提问编号和查询码。"


class AnsweredAlready(Conflict):
    """The question was answered before everyone, and so stays readable."""

    advice = "该提问已在访谈中答复，不能再改为不予公开。"


class ReplacedAlready(Conflict):
    """Another entry stands in its place already; that one is to be corrected."""

    advice = "该条实录已被更正，请更正最新的一条。"


class QuestionsUnsettled(Unprocessable):
    """Some questions wait for moderation or for an answer; every one gets what became of it."""

    advice = "还有提问未审核，或审核通过后既未答复也未说明理由，不能发布实录。"


def advance(state: InterviewState, act: Act) -> InterviewState:
    """Return the state `act` leads to, or raise `NotNow`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise NotNow(state=state) from None


def another(authors: Collection[str | None], actor: str) -> None:
    """Refuse whoever would let their own text go."""
    if actor in authors:
        raise OwnInterview


def post_of(new: NewTranscriptEntry, guests: Collection[Guest]) -> str | None:
    """Return as what somebody speaks: one of the guests by their post, or the host by none."""
    if new.speaker is Speaker.HOST:
        if new.name is not None:
            raise Invalid([Fault("/name", "host_has_none", "主持人发言不填写姓名。")])
        return None
    posts = {guest.name: guest.post for guest in guests}
    if new.name not in posts:
        raise Invalid([Fault("/name", "no_guest", "本次访谈没有这位嘉宾。")])
    return posts[new.name]


def check_settled(held: int, unanswered: int) -> None:
    """Refuse a record while a question has neither an answer nor a reason."""
    if held or unanswered:
        raise QuestionsUnsettled(held=held, unanswered=unanswered)
