from itertools import product

import pytest

from services.interaction.mailbox.handling import (
    KINDS,
    OPEN,
    STATES,
    STEPS,
    Act,
    WrongState,
    advance,
)
from shared.contracts.letters import LetterKind, LetterState, LetterStep

R, D, F, A, P = LetterState
ROADS = {
    (R, Act.DISPATCH): D,
    (D, Act.DISPATCH): D,
    (D, Act.DRAFT): F,
    (F, Act.DRAFT): F,
    (F, Act.RETURN): D,
    (F, Act.APPROVE): A,
    (A, Act.PUBLISH): P,
}


@pytest.mark.parametrize(("state", "act"), [*product(LetterState, Act)])
def test_a_letter_moves_only_along_the_known_roads(state: LetterState, act: Act) -> None:
    if (state, act) in ROADS:
        assert advance(state, act) is ROADS[state, act]
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


def test_a_letter_is_open_until_answered() -> None:
    assert set(LetterState) - set(OPEN) == {A, P}
