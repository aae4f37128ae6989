"""Chinese text as words."""

from unicodedata import normalize

import rjieba

MOST_CHARACTERS = 10_000
MOST_WORDS = 32


def words(text: str) -> list[str]:
    """Return the words of a text in order, short ones within long ones too."""
    found = rjieba.cut_for_search(normalize("NFKC", text[:MOST_CHARACTERS]).lower())
    return [word.strip() for word in found if any(map(str.isalnum, word))]


def asked_words(text: str) -> list[str]:
    """Return the words a search asks for, at most 32."""
    found = rjieba.cut(normalize("NFKC", text[:MOST_CHARACTERS]).lower())
    return [word.strip() for word in found if any(map(str.isalnum, word))][:MOST_WORDS]
