"""Reading Word documents (DOCX): unpacked only as far as they are sound, then read as HTML."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import mammoth

from services.content.editorial.checks import secrecy
from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.importing.material import Material
from services.content.editorial.importing.web_page import read_html
from shared.problem import Unprocessable

MAIN = "word/document.xml"
MOST_PARTS = 2_000
LARGEST_XML = 8_000_000
LARGEST_ALTOGETHER = 64_000_000
ENCRYPTED = 0x1
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
NUMBERED = re.compile(rb"<w:numPr>")
COMMENTED = re.compile(rb"<w:comment ")
MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
ALIVE = re.compile(r"word/(?:vbaProject\.bin|embeddings/.+|activeX/.+)")
WRITTEN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>)")
PAGE_NUMBER = re.compile(r"[\s\d—\-–第共页/of.]*", re.IGNORECASE)
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"


class UnreadableFile(Unprocessable):
    """The file is not a Word document, or one nobody should open."""

    advice = "文件无法读取，请确认是未加密的 DOCX 文件，或复制文字后粘贴。"


class DocumentFileTooLarge(Unprocessable):
    """The document unpacks to more than a document holds."""

    advice = "文件解压后过大，请拆分，或将图片另行上传。"


def read_word(content: bytes) -> tuple[Material, list[CheckFinding]]:
    """Read a Word document as if all changes were accepted; marks in its margins are found too."""
    parts = _parts(content)
    try:
        converted = mammoth.convert_to_html(
            BytesIO(content),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=_named_images(),
        )
    except Exception as fault:  # whatever a damaged file makes the converter stumble over
        raise UnreadableFile from fault
    material = read_html(converted.value)
    margins = list(_margins(parts))
    _tell(material, parts, margins)
    return material, [mark for text in margins for mark in secrecy.findings("margin", text)]


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the archive's XML parts and the names of all others, or refuse it unread."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            xml = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
            if len(entries) > MOST_PARTS or any(entry.flag_bits & ENCRYPTED for entry in entries):
                raise UnreadableFile
            if (
                sum(entry.file_size for entry in entries) > LARGEST_ALTOGETHER
                or sum(entry.file_size for entry in xml) > LARGEST_XML
            ):
                raise DocumentFileTooLarge
            parts = {entry.filename: b"" for entry in entries}
            parts |= {entry.filename: archive.read(entry) for entry in xml}
    except (BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as fault:
        raise UnreadableFile from fault
    if MAIN not in parts or any(DECLARES.search(part) for part in parts.values()):
        raise UnreadableFile
    return parts


def _margins(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield what stands above and below the pages, but for page numbers."""
    for name, part in parts.items():
        if MARGIN.fullmatch(name):
            words = WRITTEN.findall(part.decode("utf-8", "replace"))
            text = unescape("".join("\n" if end else word for word, end in words)).strip()
            if not PAGE_NUMBER.fullmatch(text):
                yield text


def _tell(material: Material, parts: dict[str, bytes], margins: list[str]) -> None:
    """Add to the tally what the converter leaves out without a word."""
    if changes := len(TRACKED.findall(parts[MAIN])):
        material.drop("import.tracked_changes", times=changes)
    if numbered := len(NUMBERED.findall(parts[MAIN])):
        material.drop("import.numbering", times=numbered)
    if comments := len(COMMENTED.findall(parts.get("word/comments.xml", b""))):
        material.drop("import.comment", times=comments)
    for name in filter(ALIVE.fullmatch, parts):
        material.drop("import.embedded", name)
    for text in margins:
        material.drop("import.page_margin", text)


def _named_images() -> Any:
    """Return how pictures are named: by their order, for the editor to upload."""
    names = (f"image{number}" for number in range(1, MOST_PARTS))

    def named(image: Any) -> dict[str, str]:
        kind = str(image.content_type).rpartition("/")[2]
        return {"src": f"{next(names, 'image')}.{kind}"}

    return mammoth.images.img_element(named)
