from hypothesis import given
from hypothesis import strategies as st

from services.interaction.mailbox.insights.measures import INVALID, Counted, measures
from shared.contracts.letters import LetterState


def counted(state: LetterState, letters: int, **sums: int) -> Counted:
    return Counted(state, letters, **{**dict.fromkeys(Counted._fields[2:], 0), **sums})


def test_the_shares_of_nothing_are_none() -> None:
    none = measures([])
    assert (none.received, none.answer_rate, none.average_working_days) == (0, None, None)


def test_the_published_example_of_a_month_comes_out() -> None:
    """3,059 letters, all valid, of which 3,055 were answered: 99.87 %, told to one place."""
    found = measures(
        [
            counted(LetterState.ANSWERED, 3055, answered=3055, on_time=3000),
            counted(LetterState.DISPATCHED, 4, overdue=4),
        ]
    )
    assert (found.received, found.valid, found.answered) == (3059, 3059, 3055)
    assert (found.answer_rate, found.on_time_rate, found.overdue) == (99.9, 98.2, 4)


def test_refused_and_merged_letters_are_received_but_not_valid() -> None:
    found = measures(
        [
            counted(LetterState.REFUSED, 2),
            counted(LetterState.MERGED, 3),
            counted(LetterState.RECEIVED, 1),
            counted(LetterState.ANSWERED, 4, answered=4),
        ]
    )
    assert (found.received, found.valid, found.accepted, found.answer_rate) == (10, 5, 4, 80.0)


def test_silence_is_no_satisfaction() -> None:
    found = measures(
        [counted(LetterState.RESOLVED, 10, answered=10, satisfied=1, fairly=1, dissatisfied=1)]
    )
    assert (found.evaluated, found.satisfaction_rate) == (3, 66.7)


COUNTS = st.lists(
    st.builds(
        lambda state, letters: counted(state, letters, answered=letters),
        st.sampled_from(LetterState),
        st.integers(0, 1000),
    )
)


@given(COUNTS)
def test_figures_do_not_depend_on_how_letters_were_grouped(counts: list[Counted]) -> None:
    split = [
        Counted(each.state, *([part, part, *each[3:]]))
        for each in counts
        for part in (each.letters // 2, each.letters - each.letters // 2)
    ]
    assert measures(reversed(counts)) == measures(counts) == measures(split)
    found = measures(counts)
    invalid = sum(each.letters for each in counts if each.state in INVALID)
    assert found.received - invalid == found.valid >= found.accepted
