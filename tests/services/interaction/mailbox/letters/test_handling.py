from itertools import product

import pytest

from services.interaction.mailbox.letters.handling import (
    KINDS,
    OPEN,
    STATES,
    STEPS,
    TRANSITIONS,
    TYPES,
    Act,
    WrongState,
    advance,
)
from shared.contracts.letters import LetterKind, LetterState, LetterStep, StateType

S = LetterState
ENDS = {S.ANSWERED, S.RESOLVED, S.UNRESOLVED}


@pytest.mark.parametrize(("state", "act"), [*product(LetterState, Act)])
def test_a_letter_moves_only_along_the_known_roads(state: LetterState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        assert advance(state, act) is TRANSITIONS[state, act]
    else:
        with pytest.raises(WrongState) as refused:
            advance(state, act)
        assert refused.value.members == {"state": state}


def test_every_word_has_its_chinese() -> None:
    assert (set(KINDS), set(STATES), set(STEPS)) == (
        set(LetterKind),
        set(LetterState),
        set(LetterStep),
    )


def test_only_review_answers_a_letter() -> None:
    entering = {
        act for (before, act), after in TRANSITIONS.items() if after in ENDS and before not in ENDS
    }
    assert entering == {Act.APPROVE}


def test_every_state_is_reached_and_none_but_a_refusal_is_final() -> None:
    assert set(TRANSITIONS.values()) | {S.HELD} == set(S)
    assert set(S) - {before for before, _ in TRANSITIONS} == {S.REFUSED}


def test_answered_resolved_and_unresolved_are_three_things() -> None:
    assert [TYPES[state] for state in (S.ANSWERED, S.RESOLVED, S.UNRESOLVED)] == [
        StateType.ANSWERED,
        StateType.RESOLVED,
        StateType.UNRESOLVED,
    ]


def test_a_letter_is_open_until_somebody_answers_refuses_or_merges_it() -> None:
    assert set(LetterState) - set(OPEN) == {S.REFUSED, S.MERGED, *ENDS}
