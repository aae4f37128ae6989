"""Which counts are so small that they tell of single people, and what gives them away."""

from collections.abc import Sequence
from functools import cache

from pydantic import Field

from shared.figures import Figures, Source, read


class Duty(Figures):
    """Why single people must not be told from what is published."""

    source: Source


class Threshold(Figures):
    """Below which number of people a count is hidden, unless a survey says another."""

    source: Source
    usual: int
    lowest: int = Field(ge=3)  # of fewer, who is hidden could be told from the total


class MeanFrom(Figures):
    """Of how many answers a mean is told although counts are hidden."""

    source: Source
    answered: int


class Live(Figures):
    """By how much a live tally grows, and how often."""

    source: Source
    responses: int
    minutes: int


class SmallCells(Figures):
    """All figures by which counts are held back."""

    duty: Duty
    threshold: Threshold
    mean_from: MeanFrom
    live: Live


@cache
def small_cells() -> SmallCells:
    """Return the figures this version was made with."""
    return read(SmallCells, __package__, "small_cells.yaml")


def is_small(count: int, threshold: int) -> bool:
    """Say whether a count tells of so few that they might be known."""
    return 0 < count < threshold


def hidden(counts: Sequence[int], threshold: int) -> frozenset[int]:
    """Return the places of counts to be hidden, of counts whose sum is known.

    Where one is small, so are hidden all up to and with the smallest that is not: whoever knows
    the sum and this rule cannot tell which of them is small, nor how small.
    """
    if not any(is_small(count, threshold) for count in counts):
        return frozenset()
    cover = min((count for count in counts if count >= threshold), default=max(counts))
    return frozenset(place for place, count in enumerate(counts) if count <= cover)


def hidden_choices(counts: Sequence[int], answered: int, threshold: int) -> frozenset[int]:
    """Return the places to be hidden where each could be chosen or not, by all who answered.

    That only few did not choose something is as telling as that only few did.
    """
    left_out = [answered - count for count in counts]
    return hidden(counts, threshold) | hidden(left_out, threshold)
