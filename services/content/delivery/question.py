"""What somebody looks for: words that mean the same, phrases in quotes, a number."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import normalize

import yaml

from services.content.release.words import QUOTES, asked_words, document_number, number_word

QUOTED = re.compile('["“”「『]([^"“”「」『』]*)["“”」』]')
INDEX_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{1,31}[/_.·年月第号][-/_.·年月第号0-9]{5,40}")
"""As any pattern makes them: who, a sign, then digits and signs."""

LONGEST_RUN = 5


class Question(NamedTuple):
    """Terms that must all occur, each as one of its alternatives; phrases; a number, if asked."""

    terms: tuple[tuple[str, ...], ...]
    phrases: tuple[str, ...] = ()
    number: str | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        """Return what to point out in a text that was found, as it may stand there."""
        spoken = (alternative.replace(" ", "") for term in self.terms for alternative in term)
        words = (word for term in self.terms for other in term for word in other.split())
        if self.number:
            return (self.number,)
        return tuple(dict.fromkeys((*self.phrases, *spoken, *words)))


def understood(text: str) -> Question:
    """Return what a reader asks for."""
    if number := document_number(text) or _index_number(text):
        return Question(tuple(_mentioning(number)), (number,), number)
    phrases = tuple(filter(None, (found.strip() for found in QUOTED.findall(text))))
    literal = ((word,) for phrase in phrases for word in asked_words(phrase))
    return Question((*literal, *_terms(asked_words(QUOTED.sub(" ", text)))), phrases)


def _mentioning(number: str) -> Iterator[tuple[str, ...]]:
    """Yield what a text must hold that mentions a number."""
    spoken = asked_words(number)
    if word := number_word(
        number
    ):  # texts that lie as they were released before have no such word
        yield word, " ".join(spoken)
    else:
        yield from ((word,) for word in spoken)


def _index_number(text: str) -> str | None:
    asked = normalize("NFKC", text).strip().strip(QUOTES)
    return asked if INDEX_NUMBER.fullmatch(asked) else None


def _terms(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield each word, or run of words, as all that mean the same."""
    while words:
        taken, same = _longest_run(words)
        yield same
        words = words[taken:]


def _longest_run(words: list[str]) -> tuple[int, tuple[str, ...]]:
    for length in range(min(len(words), LONGEST_RUN), 0, -1):
        if same := synonyms().get("".join(words[:length])):
            return length, same
    return 1, (words[0],)


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return for each word that has synonyms all that mean the same, itself first."""
    groups = yaml.safe_load(files(__package__).joinpath("synonyms.yaml").read_text("utf-8"))
    spoken = [[" ".join(asked_words(word)) for word in group] for group in groups]
    return {
        word: (own, *(other for other in alternatives if other != own))
        for group, alternatives in zip(groups, spoken, strict=True)
        for word, own in zip(group, alternatives, strict=True)
    }
