"""How much participation tells content at once: what one message bears, and one item."""

from collections.abc import Iterable

LONGEST = 150_000
"""Characters, of four bytes at most: a message may have a megabyte, an item 200,000 characters."""


def bounded(paragraphs: Iterable[str], rest: str, *, most: int = LONGEST) -> list[str]:
    """Return the paragraphs that may be told, and in the place of the others where they stand."""
    told: list[str] = []
    length = 0
    for paragraph in paragraphs:
        length += len(paragraph) + 2
        if length > most:
            return [*told, rest]
        told.append(paragraph)
    return told
