"""Chinese text as words that can be searched."""

import re
from unicodedata import normalize

import rjieba

DOCUMENT_NUMBER = re.compile(r"[^\s〔〕]{1,40}〔\d{4}〕\d{1,5}号")
BRACKETS = str.maketrans("[]()【】", "〔〕〔〕〔〕")
MOST_CHARACTERS = 100_000
MOST_WORDS = 32


def words(text: str) -> str:
    """Return the words of a text, short ones within long ones too, separated by spaces."""
    found = rjieba.cut_for_search(text[:MOST_CHARACTERS])
    return " ".join(word for word in found if word.isalnum() or any(map(str.isalnum, word)))


def document_number(text: str) -> str | None:
    """Return the document number a search asks for, if that is all it asks for."""
    asked = "".join(normalize("NFKC", text).split()).translate(BRACKETS)
    return asked if DOCUMENT_NUMBER.fullmatch(asked) else None


def asked_words(text: str) -> list[str]:
    """Return the words a search asks for, at most 32."""
    found = (word.strip() for word in rjieba.cut(text))
    return [word for word in found if any(map(str.isalnum, word))][:MOST_WORDS]
