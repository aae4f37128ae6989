from datetime import timedelta

import pytest

from services.interaction.participation.surveys.progress import (
    STATES,
    Act,
    AnswersComing,
    FrozenSurvey,
    OwnSurvey,
    SurveyChanged,
    SurveyOutOfTurn,
    SurveyOver,
    advance,
    decide,
    time_faults,
)
from shared.contracts.content import Verdict
from shared.contracts.surveys import SurveyState
from shared.problem import Invalid
from tests.support.people import NOW

S = SurveyState
HOUR = timedelta(hours=1)
ALLOWED = {
    Act.REVISE: {S.DRAFTED, S.RETURNED, S.APPROVED},
    Act.RETURN: {S.DRAFTED, S.APPROVED},
    Act.APPROVE: {S.DRAFTED},
    Act.OPEN: {S.APPROVED},
    Act.INVITE: {S.APPROVED, S.OPEN},
    Act.ANSWER: {S.OPEN},
    Act.CLOSE: {S.OPEN},
    Act.EXPORT: {S.CLOSED},
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", S)
def test_what_may_be_done_when(state: SurveyState, act: Act) -> None:
    if state in ALLOWED[act]:
        assert advance(state, act) in S
        return
    with pytest.raises((SurveyOutOfTurn, FrozenSurvey, SurveyOver, AnswersComing)):
        advance(state, act)


@pytest.mark.parametrize("state", [S.OPEN, S.CLOSED])
def test_what_respondents_were_asked_is_changed_no_more(state: SurveyState) -> None:
    with pytest.raises(FrozenSurvey):
        advance(state, Act.REVISE)


def test_every_state_has_a_word() -> None:
    assert set(STATES) == set(S)


def test_nobody_who_wrote_any_text_of_a_survey_reviews_it() -> None:
    with pytest.raises(OwnSurvey):
        decide(
            authors=["person:one", "person:two"],
            reviewer="person:one",
            digests=("x", "x"),
            verdict=Verdict.APPROVE,
            reason=None,
        )


def test_a_review_is_of_the_text_that_was_read() -> None:
    with pytest.raises(SurveyChanged):
        decide(
            authors=["person:one"],
            reviewer="person:two",
            digests=("x", "y"),
            verdict=Verdict.APPROVE,
            reason=None,
        )


def test_a_return_says_why() -> None:
    with pytest.raises(Invalid):
        decide(
            authors=["person:one"],
            reviewer="person:two",
            digests=("x", "x"),
            verdict=Verdict.RETURN,
            reason=None,
        )


def test_a_survey_ends_after_now_and_after_it_began() -> None:
    assert [fault.code for fault in time_faults(NOW + HOUR, NOW, NOW)] == [
        "past",
        "after_closing",
    ]
    assert not list(time_faults(None, NOW + HOUR, NOW))
    assert not list(time_faults(NOW, NOW + HOUR, NOW))
