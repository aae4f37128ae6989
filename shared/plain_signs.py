"""Signs that look alike read as one, and those nobody sees passed over.

What a person reads as a number is one, whatever signs it was typed or pasted in.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+"
)
SHORT_DASHES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
LIKE_X = "ХхΧχⅩⅹ×✕"
LINE = "\u2028\u2029\x85"
LAST_DIGIT = 0x1FBF9
BEYOND = "\U00010000"
FAR_SIGN = re.compile(f"[{BEYOND}-\U0010ffff]")  # apart: one set of both is slow to search


class Seen(NamedTuple):
    """A text as it is seen; `places` says where each sign stands in the text, if any went."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where what is seen from `start` up to `end` stands in the text."""
        if self.places is None:
            return start, end
        if start == end:
            place = self.places[start] if start < len(self.places) else self.places[-1] + 1
            return place, place
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=4)  # several searches go through the same text, one after another
def plain(text: str) -> str:
    """Return `text` with every sign in its plain form, each in its place."""
    return text if text.isascii() else replaced(text, _plain_forms())


@lru_cache(maxsize=4)
def seen(text: str) -> Seen:
    """Return `text` without the signs nobody sees."""
    gone = list(INVISIBLE.finditer(text))
    if not gone:
        return Seen(text)
    places: list[int] = []
    pieces, shown = [], 0
    for match in gone:
        places += range(shown, match.start())
        pieces.append(text[shown : match.start()])
        shown = match.end()
    places += range(shown, len(text))
    return Seen("".join([*pieces, text[shown:]]), tuple(places))


class Forms(NamedTuple):
    """What signs are read as, each as one other, and where such signs may stand."""

    signs: re.Pattern[str]
    read_as: Mapping[str, str]


def forms(read_as: Mapping[int, str]) -> Forms:
    """Return the forms of these signs; what one is read as is not read as another again."""
    known = {chr(sign): other for sign, other in read_as.items() if chr(sign) != other}
    near = "".join(sign for sign in known if sign < BEYOND)
    return Forms(re.compile(f"[{re.escape(near)}]"), known)


def replaced(text: str, forms: Forms) -> str:
    """Return `text` with each sign as it is read.

    A text holds few kinds of them: replacing kind by kind takes a third of `str.translate`.
    """
    found = {*forms.signs.findall(text), *FAR_SIGN.findall(text)}
    for sign in found & forms.read_as.keys():
        text = text.replace(sign, forms.read_as[sign])
    return text


@cache
def _plain_forms() -> Forms:
    """Return what digits of every script, blanks, dashes and wide signs are read as."""
    return forms(dict(_forms()))


def _forms() -> Iterator[tuple[int, str]]:
    for sign in range(LAST_DIGIT + 1):
        kind = unicodedata.category(chr(sign))
        if kind == "Nd":
            yield sign, str(unicodedata.decimal(chr(sign)))
        elif kind == "Zs":
            yield sign, " "
    yield from ((sign, chr(sign - 0xFEE0)) for sign in range(0xFF01, 0xFF5F))
    yield from ((ord(sign), "-") for sign in SHORT_DASHES)
    yield from ((ord(sign), "X") for sign in LIKE_X)
    yield from ((ord(sign), "\n") for sign in LINE)
