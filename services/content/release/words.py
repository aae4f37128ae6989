"""Chinese text as words that can be searched."""

import re
from unicodedata import normalize

import rjieba

DOCUMENT_NUMBER = re.compile(r"[^\s〔〕]{1,40}〔(\d{4})〕(\d{1,5})号")
OPENING, CLOSING = "[({<【〖〈《「『", "])}>】〗〉》」』"
YEAR_AND_SERIAL = re.compile(
    rf"[〔（［{re.escape(OPENING)}](\d{{4}})[〕）］{re.escape(CLOSING)}]第?(\d{{1,5}})号"
)
# Whatever else there is may be a letter or digit in another form; these never are.
IN_PLAIN_FORM = re.compile(r"[\u4e00-\u9fff -~\s，。、；：？！（）《》〔〕“”‘’—…·]*")
BRACKETS = str.maketrans(dict.fromkeys(OPENING, "〔") | dict.fromkeys(CLOSING, "〕"))
QUOTES = '"“”'
MOST_CHARACTERS = 100_000
MOST_WORDS = 32


def words(text: str) -> str:
    """Return the words of a text, short ones within long ones too, separated by spaces.

    A document number that the text mentions is a word of its own: how its letters fall into words
    depends on what stands before them.
    """
    text = text[:MOST_CHARACTERS]
    if not IN_PLAIN_FORM.fullmatch(text):
        text = normalize("NFKC", text)
    found = [
        word
        for word in rjieba.cut_for_search(text)
        if word.isalnum() or any(map(str.isalnum, word))
    ]
    numbers = YEAR_AND_SERIAL.findall(text)
    return " ".join([*found, *dict.fromkeys(_as_word(*number) for number in numbers)])


def document_number(text: str) -> str | None:
    """Return the document number a search asks for, if that is all it asks for."""
    asked = "".join(normalize("NFKC", text).split()).strip(QUOTES).translate(BRACKETS)
    asked = asked.replace("〕第", "〕")
    return asked if DOCUMENT_NUMBER.fullmatch(asked) else None


def number_word(number: str) -> str | None:
    """Return the word by which texts are found that mention a document number."""
    form = DOCUMENT_NUMBER.fullmatch(number)
    return _as_word(*form.groups()) if form else None


def _as_word(year: str, serial: str) -> str:
    return f"{year}n{int(serial)}"


def asked_words(text: str) -> list[str]:
    """Return the words a search asks for, at most 32."""
    found = (word.strip() for word in rjieba.cut(normalize("NFKC", text)))
    return [word for word in found if any(map(str.isalnum, word))][:MOST_WORDS]
