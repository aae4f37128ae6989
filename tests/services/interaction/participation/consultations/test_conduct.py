from datetime import date
from itertools import product

import pytest

from services.interaction.participation.consultations.conduct import (
    TRANSITIONS,
    Act,
    NotTakingOpinions,
    OpinionsUnsettled,
    OutOfSequence,
    OwnConsultation,
    advance,
    another,
    check_settled,
    check_takes_in,
    faults,
)
from shared.contracts.consultations import ConsultationState
from shared.contracts.consulting import ConsultationText

OPENS, CLOSES = date(2026, 3, 2), date(2026, 4, 1)
TEXT = {
    "kind": "rules",
    "organization": "roads",
    "title": "办法",
    "explanation": "说明",
    "paragraphs": ["一"],
    "opens_on": "2026-03-02",
}


def text(closes_on: str, because: str | None = None) -> ConsultationText:
    return ConsultationText.model_validate(
        {**TEXT, "closes_on": closes_on, "shortened_because": because}
    )


def test_only_the_publication_of_its_report_closes_a_consultation() -> None:
    leading = [way for way, state in TRANSITIONS.items() if state is ConsultationState.CLOSED]
    assert leading == [(ConsultationState.ENDED, Act.PUBLISH)]


@pytest.mark.parametrize(("state", "act"), [*product(ConsultationState, Act)])
def test_what_is_not_in_the_table_is_refused(state: ConsultationState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        assert advance(state, act) is TRANSITIONS[state, act]
        return
    with pytest.raises(OutOfSequence):
        advance(state, act)


@pytest.mark.parametrize(
    ("closes_on", "because", "codes"),
    [
        ("2026-04-01", None, []),
        ("2026-03-31", None, ["too_short"]),
        ("2026-03-31", "防汛紧急", []),
        ("2026-04-01", "防汛紧急", ["not_shortened"]),
        ("2026-03-02", "防汛紧急", ["before_opening"]),
    ],
)
def test_the_day_of_opening_is_not_among_the_thirty_days(
    closes_on: str, because: str | None, codes: list[str]
) -> None:
    assert [fault.code for fault in faults(text(closes_on, because), 30)] == codes


@pytest.mark.parametrize(
    ("state", "today"),
    [
        (ConsultationState.OPEN, date(2026, 3, 1)),
        (ConsultationState.OPEN, date(2026, 4, 2)),
        (ConsultationState.ENDED, CLOSES),
        (ConsultationState.CLOSED, CLOSES),
    ],
)
def test_opinions_come_from_the_first_day_to_the_last(
    state: ConsultationState, today: date
) -> None:
    for day in (OPENS, CLOSES):
        check_takes_in(ConsultationState.OPEN, OPENS, CLOSES, day)
    with pytest.raises(NotTakingOpinions):
        check_takes_in(state, OPENS, CLOSES, today)


def test_nobody_lets_their_own_text_go() -> None:
    another("person:a", "person:b")
    with pytest.raises(OwnConsultation):
        another("person:a", "person:a")


@pytest.mark.parametrize(("held", "unanswered"), [(1, 0), (0, 1), (2, 3)])
def test_an_opinion_without_an_answer_keeps_the_report_back(held: int, unanswered: int) -> None:
    check_settled(0, 0)
    with pytest.raises(OpinionsUnsettled) as refused:
        check_settled(held, unanswered)
    assert refused.value.members == {"held": held, "unanswered": unanswered}
