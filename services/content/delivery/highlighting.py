"""Where in a text the words stand that somebody looked for; never as markup."""

import re
from collections.abc import Iterator, Sequence

from shared.contracts.delivery import Part

SNIPPETS = 3
BEFORE, AFTER = 20, 60


def parts(text: str, sought: Sequence[str]) -> list[Part]:
    """Return a whole text in parts, each looked for or not."""
    told, at = [], 0
    for match in _pattern(sought).finditer(text):
        told.append(Part(text=text[at : match.start()], found=False))
        told.append(Part(text=match[0], found=True))
        at = match.end()
    told.append(Part(text=text[at:], found=False))
    return [part for part in told if part.text]


def snippets(text: str, sought: Sequence[str]) -> list[list[Part]]:
    """Return up to three stretches that hold words looked for, or else the beginning."""
    shown = [text[start:end] for start, end in _stretches(text, sought)]
    return [parts(" ".join(one.split()), sought) for one in shown or [text[: BEFORE + AFTER]]]


def _stretches(text: str, sought: Sequence[str]) -> Iterator[tuple[int, int]]:
    shown, end = 0, 0
    for match in _pattern(sought).finditer(text):
        if match.start() < end:
            continue
        if shown == SNIPPETS:
            return
        shown, start = shown + 1, max(end, match.start() - BEFORE)
        end = match.end() + AFTER
        yield start, end


def _pattern(sought: Sequence[str]) -> re.Pattern[str]:
    """Match whichever stands there, the longest first; without any, nothing."""
    longest = sorted(filter(None, sought), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)", re.IGNORECASE)
