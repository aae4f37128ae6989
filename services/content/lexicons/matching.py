"""Finding a lexicon's words in a text: Aho-Corasick, in one pass however many words there are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from shared.contracts.lexicons import Entry, LexiconKind, Wordlist
from shared.plain_signs import forms, replaced

# One sign for one sign, so that places in the folded text are places in the text.
WIDE = {sign: chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)} | {0x3000: " "}
CAPITAL = {sign: chr(sign).lower() for sign in range(ord("A"), ord("Z") + 1)}
WIDE_CAPITAL = {sign: chr(sign - 0xFEC0) for sign in range(ord("Ａ"), ord("Ｚ") + 1)}
FOLDED = forms(WIDE | CAPITAL | WIDE_CAPITAL)


@lru_cache(maxsize=4)  # every lexicon is searched for in the same text, one after another
def _folded(text: str) -> str:
    return replaced(text, FOLDED)


class Occurrence(NamedTuple):
    """Where an entry's word stands in a text."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class Compiled:
    """One lexicon, ready to search with."""

    name: str
    digest: str
    wordlist: Wordlist

    @property
    def kind(self) -> LexiconKind:
        """What its words are about."""
        return self.wordlist.kind

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """Yield the words in `text` but for those in an exception; of two that overlap the longer.

        Signs in full width and capital letters count as plain ones.
        """
        folded = _folded(text)
        for which, start, end in self._automaton.find_matches_as_indexes(folded):
            around = self._around[which]
            if not any(start >= at and folded.startswith(it, start - at) for it, at in around):
                yield Occurrence(self.wordlist.entries[which], start, end)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        words = [replaced(entry.word, FOLDED) for entry in self.wordlist.entries]
        return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def _around(self) -> list[tuple[tuple[str, int], ...]]:
        """Return for each entry the phrases in which it is right, and where it stands in them."""
        return [tuple(_around(entry)) for entry in self.wordlist.entries]


@dataclass(frozen=True)
class Lexicons:
    """Every lexicon in force, ready to search with."""

    compiled: tuple[Compiled, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return what two sets of lexicons share exactly if they find the same."""
        named = "\n".join(f"{one.name} {one.digest}" for one in self.compiled)
        return sha256(named.encode()).hexdigest()

    def of(self, kinds: Collection[LexiconKind]) -> Iterator[Compiled]:
        """Yield the lexicons of these kinds."""
        return (one for one in self.compiled if one.kind in kinds)

    @cached_property
    def closed_domains(self) -> frozenset[str]:
        """Return the domains that are known to be given up."""
        closed = self.of([LexiconKind.CLOSED_DOMAINS])
        return frozenset(entry.word for one in closed for entry in one.wordlist.entries)


def _around(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield each phrase once for every place the word has in it; what is right may hold it too."""
    word = replaced(entry.word, FOLDED)
    for phrase in (*entry.exceptions, entry.right or ""):
        folded = replaced(phrase, FOLDED)
        at = folded.find(word)
        while at >= 0:
            yield folded, at
            at = folded.find(word, at + 1)
