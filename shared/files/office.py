"""The text of office documents: all that their parts hold, not only what pages show.

Whatever is in the file is published with it: margins, remarks, drawings, charts, what a pivot
table remembers, and what the document says of itself.
"""

import re
from collections.abc import Iterator
from html import unescape
from xml.parsers import expat
from zipfile import ZipFile

from shared.contracts.assets import AssetKind

WRITTEN = frozenset({"t", "delText", "text", "v", "TextCode"})
BREAKING = frozenset({"p", "tc", "br", "cr", "tab", "text", "v", "TextObject"})
REMEMBERED = frozenset({"s", "n", "d"})
MARGINS = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
SHEETS = re.compile(r"xl/(?:worksheets|chartsheets)/\w+\.xml")
PROPERTIES = re.compile(r"docProps/(?:core|app|custom)\.xml")
PICTURES = re.compile(r"(?:word|xl|ppt)/media/.+")
ENCLOSED = re.compile(r"(?:word|xl|ppt)/embeddings/(?!.*\.bin$).+")
# Whole pages of HTML or RTF that Word shows as if they were its own.
FOREIGN = re.compile(r"(?i)word/[^/]*\.(?:x?html?|mht|mhtml|rtf|txt|docx?)")
MAIN = "word/document.xml"
# Also headers, notes and comments, and words deleted under revision.
PARTS: dict[AssetKind, re.Pattern[str]] = {
    AssetKind.DOCX: re.compile(
        r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments|glossary/document"
        r"|(?:charts|drawings)/\w+|diagrams/data\w*)\.xml"
    ),
    AssetKind.XLSX: re.compile(
        r"xl/(?:comments\d*|(?:comments|threadedComments|drawings|charts|pivotCache)/\w+"
        r"|diagrams/data\w*)\.xml"
    ),
    AssetKind.PPTX: re.compile(
        r"ppt/(?:(?:slides|notesSlides|comments|charts)/\w+|diagrams/data\w*)\.xml"
    ),
    AssetKind.OFD: re.compile(r"(?i).*/(?:pages|tpls|annots)/.*\.xml"),
}


class Damaged(ValueError):
    """A part of the document is no XML."""


def written(kind: AssetKind, opened: ZipFile) -> Iterator[str]:
    """Yield what stands in the parts of a document, part by part."""
    for name in sorted(opened.namelist()):
        if PARTS[kind].fullmatch(name):
            yield _text(opened.read(name))
        elif kind is AssetKind.XLSX and SHEETS.fullmatch(name):
            for said in MARGINS.findall(opened.read(name)):
                yield unescape(said.decode("utf-8", "replace")) + "\n"


def told(opened: ZipFile) -> Iterator[str]:
    """Yield what a document says of itself: its authors, titles and keywords."""
    for name in sorted(opened.namelist()):
        if PROPERTIES.fullmatch(name):
            yield _text(opened.read(name), everything=True)


def enclosed(opened: ZipFile) -> list[str]:
    """Return the names of whole documents within a document."""
    return [name for name in sorted(opened.namelist()) if ENCLOSED.fullmatch(name)]


def is_foreign(opened: ZipFile) -> bool:
    """Say whether a document shows pages that are not written in its own way."""
    return any(FOREIGN.fullmatch(name) for name in opened.namelist())


def is_scan(opened: ZipFile, few: int) -> bool:
    """Say whether a Word document is hardly more than pictures."""
    names = opened.namelist()
    if MAIN not in names or not any(PICTURES.fullmatch(name) for name in names):
        return False
    return len("".join(_text(opened.read(MAIN)).split())) < few


def _text(part: bytes, *, everything: bool = False) -> str:
    """Return the running text of a part, in whatever encoding and however it is cut up."""
    pieces: list[str] = []
    open_now: list[bool] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        open_now.append(everything or tag in WRITTEN)
        if tag in REMEMBERED and "v" in attributes:
            pieces.append(f"{attributes['v']}\n")

    def say(words: str) -> None:
        if open_now and open_now[-1]:
            pieces.append(words)

    def end(name: str) -> None:
        open_now.pop()
        if everything or name.rpartition(":")[2] in BREAKING:
            pieces.append("\n")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = say
    try:
        parser.Parse(part, True)  # noqa: FBT003  # the C interface knows no names
    except expat.ExpatError as fault:
        raise Damaged from fault
    return "".join(pieces)
