"""Whether a page shows an edition: tolerant of any template around it, strict on its substance."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.page import Page, leads_to, plain
from shared.contracts.origin import Fidelity
from shared.contracts.receipts import PageFault, PageMarks, PageVerdict, TextDifference

SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*")
INSTANT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:T?\d{1,2}:\d{2}(?::\d{2})?)?")
SOURCE = "来源"
MOST_TITLE_LINES = 3
MOST_PLACES = 20
"""Of a sentence that stands on a page oftener, such as 特此通知, the first places are weighed."""


class Edition(NamedTuple):
    """The text a repost must show, and where it stands first."""

    title: str
    text: str
    source: str
    content_hash: str
    url: str


class Found(NamedTuple):
    """What a page was found to show, with what speaks for it."""

    verdict: PageVerdict
    fault: PageFault | None = None
    content_hash: str | None = None
    matched: float | None = None
    marks: PageMarks | None = None
    differences: Sequence[TextDifference] = ()


class _Piece(NamedTuple):
    """A sentence of the edition, and where in its order the page shows it, if it does."""

    text: str
    place: int | None


def compare(
    page: Page, editions: Sequence[Edition], fidelity: Fidelity = Fidelity.VERBATIM
) -> Found:
    """Return what a page shows of the edition it comes nearest to.

    Where a summary in a site's own words will do, it is known by its link to the source.
    """
    if not editions:
        return Found(PageVerdict.UNREAD, PageFault.NO_EDITION)
    found = [_compare(page, edition, fidelity) for edition in editions]
    if fidelity is Fidelity.SUMMARY:
        found.append(look_for_link(page, [edition for edition in editions if edition.url]))
    return max(found, key=lambda one: (one.verdict is PageVerdict.SAME, one.matched or 0))


def look_for_link(page: Page, editions: Sequence[Edition]) -> Found:
    """Return whether a page leads to where an edition stands first."""
    for edition in editions:
        if leads_to(page, edition.url):
            return Found(PageVerdict.SAME, content_hash=edition.content_hash)
    return Found(PageVerdict.ABSENT, PageFault.NO_LINK)


def remnant(text: str, edition: Edition) -> float:
    """Return the share of an edition that stands in a text, in sentences not met by chance."""
    title = plain(edition.title)
    sentences = [one for line in _lines(edition) for one in SENTENCE.findall(line)]
    whole = sum(map(len, sentences))
    telling = (one for one in sentences if len(one) >= figures().telling and title not in one)
    return sum(len(one) for one in telling if one in text) / whole if whole else 0


def _compare(page: Page, edition: Edition, fidelity: Fidelity) -> Found:
    if not _shows(page, plain(edition.text)):
        return _diverged(page, edition)
    marks = _marks(page, edition)
    kept = marks.title_shown or fidelity is not Fidelity.VERBATIM
    verdict = PageVerdict.SAME if kept else PageVerdict.DIVERGED
    differences = [] if marks.title_shown else [_difference(plain(edition.title), "")]
    return Found(verdict, None, edition.content_hash, 1.0, marks, differences)


def _shows(page: Page, text: str) -> bool:
    """Say whether a page shows a text without a break; 3 is not shown by 35, nor by 13."""
    shown = page.text
    edges = {0, *accumulate(map(len, page.lines))}

    def is_edge(at: int) -> bool:
        return at in edges or not (shown[at - 1].isalnum() and shown[at].isalnum())

    return any(is_edge(at) and is_edge(at + len(text)) for at in _places(text, shown))


def _diverged(page: Page, edition: Edition) -> Found:
    pieces = _in_order(_lines(edition), page.text)
    whole = sum(len(piece.text) for piece in pieces)
    shown = sum(len(piece.text) for piece in pieces if piece.place is not None)
    known = _likeness(plain(edition.text), page.text) >= figures().recognised_share
    return Found(
        PageVerdict.DIVERGED if known else PageVerdict.ABSENT,
        None if known else PageFault.NO_TEXT,
        edition.content_hash,
        round(shown / whole, 4),
        _marks(page, edition),
        list(_differences(pieces, page.text))[: figures().differences] if known else (),
    )


def _lines(edition: Edition) -> list[str]:
    return [line for line in map(plain, edition.text.splitlines()) if line]


def _likeness(text: str, page: str) -> float:
    """Return the share of a text's trigrams that a page has, wherever they stand."""
    wanted = {text[at : at + 3] for at in range(max(1, len(text) - 2))}
    there = {page[at : at + 3] for at in range(max(1, len(page) - 2))}
    return len(wanted & there) / len(wanted)


def _in_order(lines: Sequence[str], page: str) -> list[_Piece]:
    """Return the edition's sentences, as many of them as may be with their places in order."""
    sentences = [one for line in lines for one in SENTENCE.findall(line) if one]
    ends: list[int] = []  # the least end of so many sentences in order, as in patience sorting
    chosen: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for index, sentence in enumerate(sentences):
        for place in reversed(list(_places(sentence, page))):
            row = bisect_left(ends, place + 1)
            this = (index, place)
            before[this] = chosen[row - 1] if row else None
            if row == len(ends) or place + len(sentence) < ends[row]:
                ends[row : row + 1] = [place + len(sentence)]
                chosen[row : row + 1] = [this]
    places: dict[int, int] = {}
    last = chosen[-1] if chosen else None
    while last is not None:
        places[last[0]] = last[1]
        last = before[last]
    return [_Piece(one, places.get(index)) for index, one in enumerate(sentences)]


def _places(sentence: str, page: str) -> Iterator[int]:
    place = page.find(sentence)
    for _ in range(MOST_PLACES):
        if place < 0:
            return
        yield place
        place = page.find(sentence, place + 1)


def _differences(pieces: Sequence[_Piece], page: str) -> Iterator[TextDifference]:
    """Yield what is missing, added or changed between sentences that both show."""
    missing, end = "", None
    for piece in pieces:
        if piece.place is None:
            missing += piece.text
            continue
        begin = max(0, piece.place - len(missing)) if end is None else end
        if stands := page[begin : piece.place] if missing or end is not None else "":
            yield _difference(missing, stands)
        elif missing:
            yield _difference(missing, "")
        missing, end = "", piece.place + len(piece.text)
    if missing:
        yield _difference(missing, "" if end is None else page[end : end + len(missing)])


def _difference(edition: str, page: str) -> TextDifference:
    return TextDifference(edition=edition[: figures().excerpt], page=page[: figures().excerpt])


def _marks(page: Page, edition: Edition) -> PageMarks:
    title, source = plain(edition.title), plain(edition.source)
    labels = {name: plain(content) for name, content in page.labels.items()}
    return PageMarks(
        title_shown=_titles(page.lines, title) > _titles(_lines(edition), title),
        source_shown=any(f"{SOURCE}{sign}{source}" in page.text for sign in ("", ":")),
        title_labelled=labels.get("ArticleTitle") == title,
        source_labelled=labels.get("ContentSource") == source,
        date_labelled=INSTANT.fullmatch(labels.get("PubDate", "")) is not None,
    )


def _titles(lines: Sequence[str], title: str) -> int:
    """Count where a title fills lines, up to three of them, alone or behind its label."""
    runs = (
        "".join(lines[at : at + size])
        for size in range(1, MOST_TITLE_LINES + 1)
        for at in range(len(lines) - size + 1)
    )
    return sum(run == title or run.endswith(f":{title}") for run in runs)
