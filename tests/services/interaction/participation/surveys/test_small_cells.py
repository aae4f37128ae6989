"""What can be told of counts by somebody who knows the rule, the sum and all that is shown."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.participation.surveys.small_cells import (
    hidden,
    hidden_choices,
    is_small,
    small_cells,
)

Counts = tuple[int, ...]
COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=8)
Shown = tuple[object, ...]


def known(
    possible: Iterable[Counts], threshold: int, shown: Callable[[Counts], Shown]
) -> list[tuple[Counts, Shown]]:
    """The counts of which what is shown lets a small one be worked out."""
    consistent: dict[Shown, list[Counts]] = defaultdict(list)
    for counts in possible:
        consistent[shown(counts)].append(counts)
    return [
        (counts, told)
        for told, all_counts in consistent.items()
        for counts in all_counts
        for place, count in enumerate(counts)
        if is_small(count, threshold) and len({each[place] for each in all_counts}) == 1
    ]


def in_part(counts: Counts, places: frozenset[int]) -> Shown:
    return tuple(None if place in places else count for place, count in enumerate(counts))


@pytest.mark.parametrize("threshold", [3, 5])
@pytest.mark.parametrize(("options", "most"), [(2, 16), (3, 14), (4, 9)])
def test_no_small_count_can_be_worked_out_from_the_sum(
    options: int, most: int, threshold: int
) -> None:
    def shown(counts: Counts) -> Shown:
        return (sum(counts), *in_part(counts, hidden(counts, threshold)))

    assert known(product(range(most + 1), repeat=options), threshold, shown) == []


def test_the_attack_works_on_a_rule_that_hides_small_counts_alone() -> None:
    def shown(counts: Counts) -> Shown:
        small = frozenset(place for place, count in enumerate(counts) if is_small(count, 5))
        return (sum(counts), *in_part(counts, small))

    assert known(product(range(10), repeat=3), 5, shown)


@pytest.mark.parametrize("chosen", [1, 2])
def test_no_small_count_can_be_worked_out_where_everyone_chooses_as_many(chosen: int) -> None:
    answered, threshold = 9, 3

    def shown(counts: Counts) -> Shown:
        return in_part(counts, hidden_choices(counts, answered, threshold))

    possible = [
        counts
        for counts in product(range(answered + 1), repeat=4)
        if sum(counts) == chosen * answered
    ]
    assert known(possible, threshold, shown) == []
    left_out = [tuple(answered - count for count in counts) for counts in possible]

    def mirrored(counts: Counts) -> Shown:
        return shown(tuple(answered - count for count in counts))

    assert known(left_out, threshold, mirrored) == []


@given(COUNTS, st.integers(3, 12))
def test_what_is_shown_is_nought_or_large_and_what_is_hidden_is_never_alone(
    counts: list[int], threshold: int
) -> None:
    places = hidden(counts, threshold)
    shown = [count for place, count in enumerate(counts) if place not in places]
    assert not any(is_small(count, threshold) for count in shown)
    assert len(places) != 1
    assert len(shown) == len(counts) or sum(counts[place] for place in places) > 0


@given(COUNTS, st.integers(3, 12))
def test_where_no_count_is_small_all_are_shown(counts: list[int], threshold: int) -> None:
    large = [count + threshold for count in counts]
    assert not hidden(large, threshold)


@given(COUNTS, st.integers(3, 12), st.randoms(use_true_random=False))
def test_which_options_come_first_does_not_matter(
    counts: list[int], threshold: int, chance: object
) -> None:
    order = sorted(range(len(counts)), key=lambda _: chance.random())  # type: ignore[attr-defined]
    mixed = [counts[place] for place in order]
    assert {order[place] for place in hidden(mixed, threshold)} == hidden(counts, threshold)


def test_that_only_few_left_something_out_is_hidden_too() -> None:
    assert hidden_choices([49, 20], 50, 5) == {0, 1}
    assert hidden_choices([30, 20], 50, 5) == frozenset()


def test_the_figures_say_where_they_come_from() -> None:
    figures = small_cells()
    assert figures.threshold.lowest <= figures.threshold.usual <= figures.live.responses
    assert figures.mean_from.answered > 40, "a tenth of the mean would tell a single answer"
