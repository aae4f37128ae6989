import pytest

from services.interaction.mailbox.evaluation.evaluating import (
    AlreadyEvaluated,
    NotAnswered,
    ReopenedOften,
    TooLateToReopen,
    may_evaluate,
    may_reopen,
    reopening,
    settles,
)
from shared.contracts.letters import Satisfaction, StateType


@pytest.mark.parametrize("kind", StateType)
def test_only_what_is_answered_and_not_ended_is_evaluated_and_once(kind: StateType) -> None:
    with pytest.raises(AlreadyEvaluated):
        may_evaluate(kind, evaluated=True)
    if kind is StateType.ANSWERED:
        may_evaluate(kind, evaluated=False)
    else:
        with pytest.raises(NotAnswered):
            may_evaluate(kind, evaluated=False)


@pytest.mark.parametrize(
    ("satisfaction", "solved", "ends"),
    [
        (Satisfaction.SATISFIED, None, True),
        (Satisfaction.FAIRLY, None, True),
        (Satisfaction.DISSATISFIED, None, False),
        (Satisfaction.SATISFIED, False, False),
        (Satisfaction.DISSATISFIED, True, True),
    ],
)
def test_a_matter_ends_when_its_writer_says_so(
    satisfaction: Satisfaction, *, solved: bool | None, ends: bool
) -> None:
    assert settles(satisfaction, solved=solved) is ends


def test_a_letter_is_taken_up_again_twice_and_within_twenty_working_days() -> None:
    figures = reopening()
    may_reopen(working_days=20, times=1, figures=figures)
    with pytest.raises(TooLateToReopen):
        may_reopen(working_days=21, times=0, figures=figures)
    with pytest.raises(ReopenedOften):
        may_reopen(working_days=1, times=2, figures=figures)
