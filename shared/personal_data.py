"""Personal data in running text: finding it, and masking it as the public may see it.

Numbers count only when their check digits hold. Credit codes of organizations and index numbers
of documents are public and pass, and so does whatever is masked already.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from shared.identity_numbers import (
    is_bank_card,
    is_credit_code,
    is_identity_number,
    is_legacy_identity_number,
)
from shared.names_and_addresses import Span, addresses, masked_name, names
from shared.plain_signs import plain, seen


class Kind(StrEnum):
    """What a stretch of text tells about a person."""

    IDENTITY_NUMBER = "identity_number"
    LEGACY_IDENTITY_NUMBER = "legacy_identity_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    PLATE = "plate"
    LANDLINE = "landline"
    EMAIL = "email"
    NAME = "name"
    ADDRESS = "address"


class Match(NamedTuple):
    """Where personal data stands and what to show instead; never the data itself."""

    kind: Kind
    start: int
    end: int
    masked: str


Search = Callable[[str], Iterator[Span]]

# What a mask leaves standing must not be read together with its neighbours as another number.
APART = r"(?<!\d)(?<!\*{4})"
ALONE = r"(?!\d|\*{4})"
# Every place is tried: in a run of digits a number may begin anywhere, also behind another.
IDENTITY_NUMBER = re.compile(
    r"(?<!\d\d\*{13})(?<!\d\d\*{13}\d)(?<!\d\d\*{13}\d\d)"
    r"(?=(?P<value>[1-9]\d{16}[\dX])(?!\d?\*{13}))",
    re.ASCII | re.IGNORECASE,
)
# The same set apart, broken at the end of a line, one sign a cell, or with letters for digits.
SPREAD = re.compile(
    r"(?<![0-9A-Z*])(?<!\*[-. ])"
    r"(?=(?P<value>[1-9IL](?:[\s.·-]{0,4}[0-9OIL]){16}[\s.·-]{0,4}[0-9XOIL])"
    r"(?![0-9A-Z]|[-. ]?\*))",
    re.ASCII | re.IGNORECASE,
)
BREAK = re.compile(r"[\s.·-]+")
EVERYWHERE, MOST_BREAKS = 17, 5
READ_AS_DIGITS = str.maketrans("OIL", "011")
LEGACY_IDENTITY_NUMBER = re.compile(rf"{APART}\d{{15}}{ALONE}(?![0-9A-Z])", re.ASCII)
BANK_CARD = re.compile(
    rf"{APART}(?:\d{{16,19}}|\d{{6}}[ -]\d{{10,13}}"
    rf"|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){ALONE}",
    re.ASCII,
)
MOBILE = re.compile(
    rf"{APART}(?:86[ -]?)?(?P<value>1[3-9]\d(?:[ .·-]?\d{{4}}){{2}}|1[3-9]\d{{2}}-\d{{3}}-\d{{4}}"
    rf"|1[3-9]\d-\d{{3}}-\d{{5}}){ALONE}(?!\.\d|元)",
    re.ASCII,
)
AREA_CODE = re.compile(r"\(?0(?:10|2\d|[3-9]\d\d)(?:[ -]|\) ?)?", re.ASCII)
LANDLINE = re.compile(
    rf"{APART}{AREA_CODE.pattern}[2-8]\d{{6,7}}{ALONE}"
    rf"|(?:电话|座机)(?:号码)?[: ]*(?P<value>[2-8]\d{{6,7}}){ALONE}",
    re.ASCII,
)
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?<!\*{4})(?<!\*{3}@)"
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.-]?"
    r"(?:[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]"
    r"|(?=(?:[A-HJ-NP-Z]*\d){2})[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![0-9A-Za-z*])",
    re.ASCII,
)
CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
PUBLIC_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<organ>[0-9A-Z]{9})|(?P<code>[0-9A-Z]{18}))/\d{4,6}-\d{4,6}(?!\d)"
    r"|信用代码(?:证号?)?[^0-9A-Za-z\n]{0,4}(?P<labelled>[0-9A-Z]{18})(?![0-9A-Za-z])",
    re.ASCII,
)
# Every number, plate and address of mail holds at least so many of these signs in a row.
HOLDS_NUMBERS = re.compile(r"[0-9A-Za-z\s@()./%+_·•-]{5}")
CLAIMED = "\0"


def find(text: str) -> tuple[Match, ...]:
    """Return every piece of personal data in `text`, in order and without overlap."""
    whole = seen(text)
    rest = plain(whole.text)
    found = []
    for kind, search in SEARCHES if HOLDS_NUMBERS.search(rest) else IN_WORDS:
        spans = tuple(search(rest))
        if kind:
            found += [
                Match(kind, *whole.span(*span), MASKS[kind](rest[slice(*span)])) for span in spans
            ]
        # What one search has claimed, no later one may read.
        rest = _replaced(rest, ((*span, CLAIMED * (span[1] - span[0])) for span in spans))
    return tuple(sorted(found, key=lambda match: match.start))


def mask(text: str) -> str:
    """Return `text` as it may be published; masking twice changes nothing more."""
    return _replaced(text, (match[1:] for match in find(text)))


def _replaced(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    pieces, shown = [], 0
    for start, end, instead in replacements:
        pieces += [text[shown:start], instead]
        shown = end
    return "".join([*pieces, text[shown:]])


def _numbers(pattern: re.Pattern[str], is_valid: Callable[[str], bool] = bool) -> Search:
    """Return the search for what `pattern` finds and `is_valid` confirms."""
    group = "value" if "value" in pattern.groupindex else 0

    def search(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            span = match.span(group) if match[group] else match.span()
            if is_valid(_compact(text[slice(*span)])):
                yield span

    return search


def _identity_numbers(text: str) -> Iterator[Span]:
    """Yield citizens' numbers, one behind another or with something between their signs."""
    last = 0
    for match in IDENTITY_NUMBER.finditer(text):
        if match.start() >= last and is_identity_number(match["value"]):
            last = match.end("value")
            yield match.span("value")


def _spread_identity_numbers(text: str) -> Iterator[Span]:
    last = 0
    for match in SPREAD.finditer(text):
        if match.start() >= last and _is_spread(match["value"]):
            last = match.end("value")
            yield match.span("value")


def _is_spread(number: str) -> bool:
    """Tell a number that was set apart from figures that only stand beside each other."""
    breaks = BREAK.findall(number)
    lines = sum("\n" in each for each in breaks)
    loose = len(breaks) > MOST_BREAKS or lines > 1 or "\t" in number
    if loose and len(breaks) != EVERYWHERE:
        return False
    return is_identity_number(_compact(number).translate(READ_AS_DIGITS))


def _public_numbers(text: str) -> Iterator[Span]:
    """Yield index numbers of documents, and credit codes that are called so."""
    for match in PUBLIC_NUMBER.finditer(text):
        if match["organ"] or is_credit_code(match["code"] or match["labelled"]):
            yield match.span()


def _compact(number: str) -> str:
    return BREAK.sub("", number).upper()


def _masked_number(head: int, tail: int) -> Callable[[str], str]:
    def masked(number: str) -> str:
        digits = _compact(number)
        return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]

    return masked


def _masked_landline(number: str) -> str:
    area = AREA_CODE.match(number)
    local = area.end() if area else 0
    return number[:local] + "*" * (len(number) - local - 2) + number[-2:]


def _masked_email(address: str) -> str:
    name, _, domain = address.partition("@")
    return f"{name[:1] if len(name) > 2 else ''}***@{domain}"  # noqa: PLR2004  # else all shows


IN_WORDS: tuple[tuple[Kind | None, Search], ...] = (
    (Kind.NAME, names),
    (Kind.ADDRESS, addresses),
)
# A citizen's number may pass for a credit code by chance: without the label it stays a person's.
SEARCHES: tuple[tuple[Kind | None, Search], ...] = (
    (None, _public_numbers),
    (Kind.IDENTITY_NUMBER, _identity_numbers),
    (None, _numbers(CREDIT_CODE, is_credit_code)),
    (Kind.IDENTITY_NUMBER, _spread_identity_numbers),
    (Kind.LEGACY_IDENTITY_NUMBER, _numbers(LEGACY_IDENTITY_NUMBER, is_legacy_identity_number)),
    (Kind.BANK_CARD, _numbers(BANK_CARD, is_bank_card)),
    (Kind.MOBILE, _numbers(MOBILE)),
    (Kind.PLATE, _numbers(PLATE)),
    (Kind.LANDLINE, _numbers(LANDLINE)),
    (Kind.EMAIL, _numbers(EMAIL)),
    *IN_WORDS,
)
MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY_NUMBER: _masked_number(2, 3),
    Kind.LEGACY_IDENTITY_NUMBER: _masked_number(2, 3),
    Kind.BANK_CARD: _masked_number(0, 4),
    Kind.MOBILE: _masked_number(3, 4),
    Kind.PLATE: lambda plate: f"{plate[:2]}****{plate[-1]}",
    Kind.LANDLINE: _masked_landline,
    Kind.EMAIL: _masked_email,
    Kind.NAME: masked_name,
    Kind.ADDRESS: lambda _: "****",
}
