"""The text of a document, as the checks read it: all that is in it, as far as it can be read."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple

import pypdfium2
from python_calamine import CalamineError, CalamineWorkbook

from shared.contracts.assets import AssetKind
from shared.files import archive, office, pdf
from shared.files.kind import decoded
from shared.files.limits import DocumentLimits
from shared.files.scanning import scan

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
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
    left, complete, has_text = limits.most_characters, True, False
    for piece, is_text in _all(kind, stream, limits):
        if piece is None:
            complete = False
            continue
        text = UNSTORABLE.sub("", piece)
        has_text |= is_text and not text.isspace() and text != ""
        written.append(text[:left])
        left -= len(text)
        if left < 0:
            complete = False
            break
    return Extracted("".join(written) if has_text else "", complete and has_text)


def _all(
    kind: AssetKind, stream: BinaryIO, limits: DocumentLimits
) -> Iterator[tuple[str | None, bool]]:
    """Yield every piece, and whether it is of the text or only told about it."""
    yield from ((piece, True) for piece in _unbroken(kind, stream, limits))
    yield from ((piece, False) for piece in _as_far_as_sound(_told(kind, stream)))


def _unbroken(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    return _as_far_as_sound(_pieces(kind, stream, limits))


def _as_far_as_sound(pieces: Pieces) -> Pieces:
    try:
        yield from pieces
    except BROKEN:
        yield None


def _pieces(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    stream.seek(0)
    match kind:
        case AssetKind.TXT | AssetKind.CSV:
            yield decoded(stream.read(), whole=True)
        case AssetKind.PDF:
            document = pypdfium2.PdfDocument(stream)
            yield from pdf.pages(document, limits.most_pages, limits.fewest_characters)
        case AssetKind.XLSX:
            yield from _sheets(stream, limits)
            yield from _office(kind, stream, limits)
        case AssetKind.XLS:
            yield from _sheets(stream, limits)
        case AssetKind.DOCX | AssetKind.PPTX | AssetKind.OFD:
            yield from _office(kind, stream, limits)
        case AssetKind.ZIP:
            yield from _members(stream, limits)
        case _:
            yield None


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


def _office(kind: AssetKind, stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    """Yield an office document's text, also of the documents within it."""
    with archive.open_archive(stream) as opened:
        yield from office.written(kind, opened)
        if office.is_foreign(opened) or office.is_scan(opened, limits.fewest_characters):
            yield None
        for name in office.enclosed(opened):
            yield from _inside(name, opened.read(name), limits)


def _told(kind: AssetKind, stream: BinaryIO) -> Pieces:
    """Yield what a document says of itself; it is read, but no sign that there is a text."""
    stream.seek(0)
    if kind is AssetKind.PDF:
        yield from pdf.told(pypdfium2.PdfDocument(stream))
    elif kind in {AssetKind.DOCX, AssetKind.XLSX, AssetKind.PPTX}:
        with archive.open_archive(stream) as opened:
            yield from office.told(opened)


def _members(stream: BinaryIO, limits: DocumentLimits) -> Pieces:
    with archive.open_archive(stream) as opened:
        for name, member in archive.members(opened):
            yield f"{name}\n"
            yield from _inside(name, opened.read(member), limits)


def _inside(name: str, content: bytes, limits: DocumentLimits) -> Pieces:
    """Yield the text of a file within a file; an archive in there was refused before."""
    stream = BytesIO(content)
    kind = scan(name, len(content), stream).kind
    if kind is None or kind is AssetKind.ZIP:
        yield None
    else:
        yield from _unbroken(kind, stream, limits)
    yield "\n"
