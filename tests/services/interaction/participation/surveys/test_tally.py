from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.participation.surveys.answering import Values
from services.interaction.participation.surveys.small_cells import is_small
from services.interaction.participation.surveys.tally import Ballot, told
from shared.contracts.surveys import SurveyQuestionTally
from tests.services.interaction.participation.surveys.questions import (
    ALL,
    MATRIX,
    MULTIPLE,
    RANKING,
    RATING,
    SINGLE,
    TEXT,
    asked,
)

PLAIN_RATING = {**RATING, "shown_if": None}
OPTION = st.sampled_from(["a", "b", "c"])
RESPONSE = st.fixed_dictionaries(
    {
        "used": OPTION,
        "order": st.permutations(["a", "b", "c"]),
        "grid": st.fixed_dictionaries({"tax": OPTION, "land": OPTION}),
    },
    optional={
        "ways": st.lists(OPTION, min_size=1, max_size=2, unique=True),
        "mark": st.integers(1, 5),
        "why": st.just(value=True),
    },
)


def tally(
    questions: Iterable[dict[str, Any]], responses: Iterable[Values], threshold: int = 5
) -> dict[str, SurveyQuestionTally]:
    ballot = Ballot(asked(*questions))
    for values in responses:
        ballot.add(values)
    return {each.key: each for each in told(ballot, threshold, mean_from=50)}


def counts(tallied: SurveyQuestionTally) -> list[int | None]:
    return [option.count for option in tallied.options]


def chosen(key: str, **how_often: int) -> list[dict[str, Any]]:
    return [{key: option} for option, often in how_often.items() for _ in range(often)]


def test_counts_and_shares_of_a_single_choice() -> None:
    found = tally([SINGLE], chosen("used", a=30, b=10))["used"]
    assert counts(found) == [30, 10, 0]
    assert [option.share for option in found.options] == [0.75, 0.25, 0]
    assert (found.answered, found.hides) == (40, False)


def test_a_small_count_is_hidden_with_the_one_it_could_be_worked_out_with() -> None:
    found = tally([SINGLE], chosen("used", a=30, b=10, c=1))["used"]
    assert counts(found) == [30, None, None]
    assert [option.share for option in found.options][1:] == [None, None]
    assert found.hides


def test_choices_are_shared_among_those_who_answered() -> None:
    both = [{"ways": ["a", "b"]}] * 10 + [{"ways": ["a"]}] * 10 + [{"ways": ["c"]}] * 5
    found = tally([MULTIPLE], [*both, {}, {}])["ways"]
    assert (found.answered, counts(found)) == (25, [20, 10, 5])
    assert found.options[0].share == 0.8


def test_that_all_but_a_few_chose_something_is_hidden_too() -> None:
    both = [{"ways": ["a", "b"]}] * 19 + [{"ways": ["b"]}]
    assert counts(tally([MULTIPLE], both)["ways"])[0] is None


def test_a_rating_has_its_mean_and_its_counts() -> None:
    marks = [{"mark": mark} for mark in (1, 3, 5) for _ in range(10)]
    found = tally([PLAIN_RATING], marks)["mark"]
    assert (found.mean, counts(found)) == (3.0, [10, 0, 10, 0, 10])


def test_a_rating_with_a_small_count_has_a_mean_only_if_many_gave_it() -> None:
    few = [{"mark": 5}] * 30 + [{"mark": 1}]
    assert (
        tally([PLAIN_RATING], few)["mark"].mean,
        counts(tally([PLAIN_RATING], few)["mark"]),
    ) == (
        None,
        [None] * 5,
    )
    found = tally([PLAIN_RATING], [{"mark": 5}] * 60 + [{"mark": 1}])["mark"]
    assert (found.mean, counts(found)) == (4.9, [None] * 5)


def test_a_ranking_has_mean_points_by_borda() -> None:
    orders = [{"order": ["b", "a", "c"]}] * 40 + [{"order": ["b", "c"]}] * 20
    found = tally([RANKING], orders)["order"]
    assert [option.score for option in found.options] == [1.3, 3.0, 1.3]
    assert counts(found) == [None] * 3


def test_a_ranking_by_few_is_not_told() -> None:
    found = tally([RANKING], [{"order": ["b", "a"]}] * 49)["order"]
    assert [option.score for option in found.options] == [None] * 3
    assert found.hides


def test_a_matrix_is_told_row_by_row() -> None:
    grids = [{"grid": {"tax": "a", "land": "b"}}] * 20 + [{"grid": {"tax": "a", "land": "c"}}]
    found = tally([MATRIX], grids)["grid"]
    assert [[option.count for option in row.options] for row in found.rows] == [
        [21, 0, 0],
        [None, None, None],
    ]


def test_of_texts_only_their_number_is_told_and_not_of_few() -> None:
    text = {**TEXT, "shown_if": None}
    assert tally([text], [{"why": True}] * 4)["why"].answered is None
    assert tally([text], [{"why": True}] * 5)["why"].answered == 5


def test_what_was_not_asked_is_not_counted() -> None:
    stray: list[Values] = [{"used": "b", "mark": 5}] * 10
    stray += [{"used": "a", "mark": 1}] * 10
    assert counts(tally([SINGLE, RATING], stray)["mark"])[4] == 0


def test_a_question_is_withheld_if_how_many_were_asked_it_tells_a_hidden_count() -> None:
    few_used: list[dict[str, Any]] = chosen("used", a=4, b=30, c=20)
    answers: list[Values] = [
        {**values, "mark": 5} if values["used"] == "a" else values for values in few_used
    ]
    found = tally([SINGLE, RATING], answers)
    assert counts(found["used"]) == [None, 30, None]
    assert found["mark"].answered is None
    assert found["mark"].hides


def test_the_cover_of_a_hidden_count_is_not_given_away_by_a_later_question_either() -> None:
    answers = chosen("used", a=10, b=30, c=1)
    answers = [{**values, "mark": 3} if values["used"] == "a" else values for values in answers]
    found = tally([SINGLE, RATING], answers)
    assert counts(found["used"]) == [None, 30, None]
    assert found["mark"].answered is None


def test_what_hangs_on_a_withheld_question_is_withheld() -> None:
    answers: list[Values] = [{"used": "a", "mark": 1, "why": True}] * 4
    answers += [{"used": "b"}] * 30
    assert tally([SINGLE, RATING, TEXT], answers)["why"].answered is None


@given(st.lists(RESPONSE, max_size=60), st.integers(3, 8))
def test_nothing_told_is_small(responses: list[dict[str, Any]], threshold: int) -> None:
    for each in tally(ALL, responses, threshold).values():
        rows = [each.options, *(row.options for row in each.rows)]
        for options in rows:
            shown = [option.count for option in options if option.count is not None]
            assert not any(is_small(count, threshold) for count in shown)
            assert len(options) - len(shown) != 1
        assert each.answered is None or not is_small(each.answered, threshold)
        if each.kind == "rating" and each.hides:
            assert all(option.count is None for option in each.options)


@given(st.lists(RESPONSE, max_size=60), st.randoms(use_true_random=False))
def test_in_which_order_responses_came_is_not_told(
    responses: list[dict[str, Any]], chance: Any
) -> None:
    mixed = chance.sample(responses, len(responses))
    assert tally(ALL, mixed) == tally(ALL, responses)


@given(st.lists(RESPONSE, max_size=60))
def test_counts_add_up_to_those_who_answered(responses: list[dict[str, Any]]) -> None:
    found = tally(ALL, responses)["used"]
    if not found.hides:
        assert sum(count or 0 for count in counts(found)) == found.answered == len(responses)


@pytest.mark.parametrize("responses", [0, 1, 4])
def test_of_few_responses_nothing_is_told(responses: int) -> None:
    found = tally([SINGLE, PLAIN_RATING], [{"used": "a", "mark": 1}] * responses)
    if responses:
        assert counts(found["used"]) == [None] * 3
        assert found["mark"].mean is None
    else:
        assert counts(found["used"]) == [0] * 3
