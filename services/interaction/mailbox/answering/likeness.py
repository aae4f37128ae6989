"""Whether an answer was given to other letters before.

A text is compared by a sketch: the least of the keyed marks of its stretches (bottom-k), from
which nobody without the key learns or tries out a word of it.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from services.interaction.mailbox.answering.perfunctory import found
from services.interaction.mailbox.answering.wording import Copying, Wording
from shared.contracts.answers import AnswerFinding


class Other(NamedTuple):
    """An answer to another letter: sketches of it and of what that letter asks."""

    letter_id: UUID
    sketch: Sequence[int]
    asked: Sequence[int]


def stretches(text: str, figures: Copying) -> frozenset[str]:
    """Return every stretch of a text, the same one once; of a short one, none."""
    length = len(text) - figures.stretch + 1
    if length < figures.fewest:
        return frozenset()
    return frozenset(text[at : at + figures.stretch] for at in range(length))


def sketch(marks: Collection[int], figures: Copying) -> list[int]:
    """Return the least of the marks, by which a text is compared from then on."""
    return heapq.nsmallest(figures.sketch, marks)


def share(one: Sequence[int], other: Sequence[int], figures: Copying) -> float:
    """Estimate how much of two texts stands in both, by their sketches; exact for short ones."""
    least = heapq.nsmallest(figures.sketch, {*one, *other})
    return len({*one} & {*other} & {*least}) / len(least) if least else 0.0


def copied(
    mine: Sequence[int], asked: Sequence[int], others: Iterable[Other], words: Wording
) -> AnswerFinding | None:
    """Return the finding that an answer went to letters that asked otherwise, if it did."""
    figures = words.copying
    alike = {
        other.letter_id: likeness
        for other in others
        if (likeness := share(mine, other.sketch, figures)) >= figures.alike
        and share(asked, other.asked, figures) < figures.asked_alike
    }
    if not alike:
        return None
    many = len(alike) >= figures.many
    advice = f"与另外{len(alike)}封来信的答复基本相同，请针对本信的具体情况答复。"
    sign = words.copied if many else words.seldom_copied
    return found(sign, "copied", "", advice).model_copy(
        update={"share": round(max(alike.values()), 2), "letters": len(alike)}
    )
