from itertools import product

import pytest

from services.interaction.participation.interviews.conduct import (
    TRANSITIONS,
    Act,
    NotNow,
    OwnInterview,
    QuestionsUnsettled,
    advance,
    another,
    check_settled,
    post_of,
)
from shared.contracts.interviewing import Guest, NewTranscriptEntry, Speaker
from shared.contracts.interviews import InterviewState
from shared.problem import Invalid

GUESTS = [Guest(name="张建国", post="局长"), Guest(name="王芳", post="处长")]


@pytest.mark.parametrize(("state", "act"), [*product(InterviewState, Act)])
def test_what_is_not_in_the_table_is_refused(state: InterviewState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        assert advance(state, act) is TRANSITIONS[state, act]
        return
    with pytest.raises(NotNow):
        advance(state, act)


def test_nothing_is_said_but_live_and_nothing_corrected_once_published() -> None:
    assert [state for state, act in TRANSITIONS if act is Act.SAY] == [InterviewState.LIVE]
    correcting = [state for state, act in TRANSITIONS if act is Act.CORRECT]
    assert correcting == [InterviewState.LIVE, InterviewState.ENDED]


def test_a_guest_speaks_by_their_post_and_the_host_by_none() -> None:
    assert (
        post_of(NewTranscriptEntry(speaker=Speaker.GUEST, name="王芳", text="好"), GUESTS)
        == "处长"
    )
    assert post_of(NewTranscriptEntry(speaker=Speaker.HOST, text="好"), GUESTS) is None


@pytest.mark.parametrize(
    ("speaker", "name", "code"),
    [
        (Speaker.GUEST, "李四", "no_guest"),
        (Speaker.GUEST, None, "no_guest"),
        (Speaker.HOST, "王芳", "host_has_none"),
    ],
)
def test_nobody_else_speaks(speaker: Speaker, name: str | None, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        post_of(NewTranscriptEntry(speaker=speaker, name=name, text="好"), GUESTS)
    assert [fault["code"] for fault in refused.value.members["faults"]] == [code]


def test_nobody_lets_their_own_text_go() -> None:
    another(["person:a", None], "person:b")
    with pytest.raises(OwnInterview):
        another(["person:a", "person:b"], "person:b")


@pytest.mark.parametrize(("held", "unanswered"), [(1, 0), (0, 1)])
def test_a_question_without_an_answer_or_a_reason_keeps_the_record_back(
    held: int, unanswered: int
) -> None:
    check_settled(0, 0)
    with pytest.raises(QuestionsUnsettled):
        check_settled(held, unanswered)
