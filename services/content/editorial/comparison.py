"""What changed between two texts, and who wrote each paragraph of the later one.

Paragraphs are the lines that are not blank.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple, Protocol
from uuid import UUID

from shared.contracts.item_text import TextOfItem
from shared.contracts.revising import Comparison, FieldChange, ParagraphAct, ParagraphChange

MOST_COMPARED = 1_000
"""Where more paragraphs than this differ in a row, they count as replaced: to compare them
one by one would take the longer the more there are, by the square."""


class Written(NamedTuple):
    """Who wrote a paragraph, and in which revision."""

    author: str
    revision: int


class _Stretch(NamedTuple):
    """Paragraphs that were kept, or that replaced others."""

    kept: bool
    before: slice
    after: slice


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def authorship(
    before: Sequence[str], written: Sequence[Written], after: Sequence[str], by: Written
) -> list[Written]:
    """Return who wrote each paragraph `after`, given who wrote each one `before`.

    A paragraph that was moved or changed in the least counts as written anew.
    """
    found: list[Written] = []
    for stretch in _stretches(before, after):
        count = stretch.after.stop - stretch.after.start
        found += written[stretch.before] if stretch.kept else [by] * count
    return found


class Numbered(Protocol):
    """A revision, as far as it is compared; its other fields are those of a text."""

    item_id: UUID
    number: int
    body: str


def compare(before: Numbered, after: Numbered) -> Comparison:
    """Return what changed from one revision of an item to another."""
    lines = paragraphs(before.body), paragraphs(after.body)
    return Comparison(
        item_id=after.item_id,
        since=before.number,
        number=after.number,
        fields=[
            FieldChange(field=name, before=getattr(before, name), after=getattr(after, name))
            for name in TextOfItem.model_fields
            if name != "body" and getattr(before, name) != getattr(after, name)
        ],
        body=[
            ParagraphChange(act=act, text=line)
            for stretch in _stretches(*lines)
            for act, line in _acts(stretch, *lines)
        ],
    )


def _acts(
    stretch: _Stretch, before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[ParagraphAct, str]]:
    if stretch.kept:
        yield from ((ParagraphAct.KEPT, line) for line in after[stretch.after])
    else:
        yield from ((ParagraphAct.REMOVED, line) for line in before[stretch.before])
        yield from ((ParagraphAct.ADDED, line) for line in after[stretch.after])


def in_rows(written: Sequence[Written]) -> list[tuple[Written, int]]:
    """Return the same authors with the number of paragraphs in a row that are theirs."""
    return [(by, sum(1 for _ in row)) for by, row in groupby(written)]


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[_Stretch]:
    """Yield the stretches both texts fall into, in order; what they share at the ends is kept."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    most = shorter - head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    yield _Stretch(kept=True, before=slice(0, head), after=slice(0, head))
    last, end = len(before) - tail, len(after) - tail
    if max(last - head, end - head) > MOST_COMPARED:
        yield _Stretch(kept=False, before=slice(head, last), after=slice(head, end))
    else:
        matcher = SequenceMatcher(None, before[head:last], after[head:end], autojunk=False)
        for kind, i, j, m, n in matcher.get_opcodes():
            yield _Stretch(kind == "equal", slice(head + i, head + j), slice(head + m, head + n))
    yield _Stretch(kept=True, before=slice(last, len(before)), after=slice(end, len(after)))
