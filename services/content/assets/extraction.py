"""The text of a document, as the checks read it: all that is in it, as far as it can be read."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import BinaryIO, NamedTuple

import pypdfium2
from python_calamine import CalamineError, CalamineWorkbook

from services.content.assets import archive
from services.content.assets.kind import decoded
from services.content.assets.limits import DocumentLimits
from services.content.assets.scanning import scan
from shared.contracts.assets import AssetKind

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Also headers, notes and comments, and words deleted under revision: all of it is published.
WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
SLIDE_PARTS = re.compile(r"ppt/(slides|notesSlides)/\w+\.xml")
PAGE_PARTS = re.compile(r"(?i).*/(pages|tpls|annots)/.*\.xml")
RUNS = re.compile(rb"<\w+:(?:t|delText)(?:\s[^>]*)?>([^<]*)<|<(?:/\w+:p|/\w+:tc|\w+:br|\w+:tab)\b")
OFD_RUNS = re.compile(rb"<(?:\w+:)?TextCode[^>]*>([^<]*)<")
BROKEN = (pypdfium2.PdfiumError, CalamineError, *archive.UNREADABLE)

Pieces = Iterator[str | None]
"""Pieces of text; none stands for a part that holds something, but no readable text."""


class Extracted(NamedTuple):
    """A document's text, and whether it is all there is to read."""

    text: str
    complete: bool


def extract(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Extracted:
    """Return a document's text up to the limit; one that has no text at all is not complete."""
    written: list[str] = []
    left, complete = limits.most_characters, True
    for piece in _unbroken(kind, stream, limits):
        if piece is None:
            complete = False
            continue
        text = UNSTORABLE.sub("", piece)
        written.append(text[:left])
        left -= len(text)
        if left < 0:
            complete = False
            break
    whole = "".join(written)
    return Extracted(whole, complete and not whole.isspace() and whole != "")


def _unbroken(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    try:
        yield from _pieces(kind, stream, limits)
    except BROKEN:
        yield None


def _pieces(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    stream.seek(0)
    match kind:
        case AssetKind.TXT | AssetKind.CSV:
            yield decoded(stream.read(), whole=True)
        case AssetKind.PDF:
            yield from _pdf(stream, limits)
        case AssetKind.XLSX | AssetKind.XLS:
            yield from _sheets(stream, limits)
        case AssetKind.DOCX:
            yield from _marked_up(stream, WORD_PARTS, RUNS)
        case AssetKind.PPTX:
            yield from _marked_up(stream, SLIDE_PARTS, RUNS)
        case AssetKind.OFD:
            yield from _marked_up(stream, PAGE_PARTS, OFD_RUNS)
        case AssetKind.ZIP:
            yield from _members(stream, limits)
        case _:
            yield None


def _pdf(stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    document = pypdfium2.PdfDocument(stream)
    for number in range(min(len(document), limits.most_pages)):
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        scanned = not text.strip() and next(page.get_objects(max_depth=1), None) is not None
        yield None if scanned else f"{text}\n"
        page.close()


def _sheets(stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    left = limits.most_rows
    with CalamineWorkbook.from_filelike(stream) as book:
        for name in book.sheet_names:
            yield f"{name}\n"
            for row in book.get_sheet_by_name(name).iter_rows():
                if left == 0:
                    yield None
                    return
                left -= 1
                yield "\t".join(_cell(cell) for cell in row) + "\n"


def _cell(value: object) -> str:
    """Return a cell as it reads: whole numbers, such as identity numbers, without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _marked_up(stream: BinaryIO, parts: re.Pattern[str], runs: re.Pattern[bytes]) -> Pieces:
    with archive.open_archive(stream) as opened:
        for name in sorted(opened.namelist()):
            if parts.fullmatch(name):
                for run in runs.finditer(opened.read(name)):
                    yield unescape(run[1].decode("utf-8", "replace")) if run[1] else "\n"


def _members(stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    with archive.open_archive(stream) as opened:
        for name, member in archive.members(opened):
            yield f"{name}\n"
            content = BytesIO(opened.read(member))
            kind = scan(name, member.file_size, content).kind
            # An archive within an archive was refused before; nothing is opened twice.
            if kind is None or kind is AssetKind.ZIP:
                yield None
            else:
                yield from _unbroken(kind, content, limits)
            yield "\n"
