"""Which columns of a site are alike, by their names and by the titles that stand in them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from rapidfuzz import fuzz

from services.content.registry.limits import Likeness, limits

UNSAID = re.compile(r"[\W_]+")


class Alike(NamedTuple):
    """Two columns and what shows that they are alike."""

    one: UUID
    other: UUID
    name_likeness: float
    title_share: float
    shared_titles: int
    samples: list[str]


def name_likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; the order of the words counts for nothing."""
    plain = (_plain(one), _plain(other))
    in_any_order = ("".join(sorted(name)) for name in plain)
    return max(fuzz.ratio(*plain), fuzz.ratio(*in_any_order)) / 100


def alike(names: Mapping[UUID, str], titles: Mapping[UUID, Iterable[str]]) -> Sequence[Alike]:
    """Return the pairs of columns that are alike, those with the strongest evidence first."""
    known = {
        column_id: {_plain(title): title for title in titles.get(column_id, ())}
        for column_id in names
    }
    found = _pairs(names, known, limits().likeness)
    return sorted(found, key=lambda pair: (-max(pair.name_likeness, pair.title_share), pair.one))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return UNSAID.sub("", text).casefold()


def _pairs(
    names: Mapping[UUID, str], titles: Mapping[UUID, Mapping[str, str]], figures: Likeness
) -> Iterator[Alike]:
    for one, other in combinations(names, 2):
        likeness = name_likeness(names[one], names[other])
        shared = titles[one].keys() & titles[other].keys()
        share = len(shared) / (min(len(titles[one]), len(titles[other])) or 1)
        by_titles = share >= figures.titles and len(shared) >= figures.fewest_shared
        if likeness >= figures.name or by_titles:
            samples = sorted(titles[one][title] for title in shared)[: figures.samples]
            yield Alike(one, other, round(likeness, 2), round(share, 2), len(shared), samples)
