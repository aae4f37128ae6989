"""What a file really is, and what in it could harm whoever opens it.

Whatever cannot be read is refused: nothing is shown that was not looked into.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

import pypdfium2

from shared.contracts.assets import AssetKind, Family, RefusalReason
from shared.files import archive, compound, office
from shared.files.kind import HEAD, TEXTS, decoded, fits, possible, rules
from shared.files.limits import MIB, limits
from shared.files.polyglot import is_another_too
from shared.files.rendition import TooMuch, UnreadableImage, measure

SCANNER = "zhengbu 1"
ADVICE = {
    RefusalReason.VIRUS: "文件含有病毒特征。",
    RefusalReason.MACROS: "文件含有宏，请另存为不含宏的文件后重新上传。",
    RefusalReason.SCRIPT: "文件含有脚本，请重新导出为不含脚本的文件。",
    RefusalReason.LAUNCH: "文件含有启动程序的动作，请重新导出。",
    RefusalReason.EMBEDDED_FILE: "文件内嵌有其他文件，请将其单独上传。",
    RefusalReason.REMOTE_TEMPLATE: "文件引用了外部模板，请取消引用后重新上传。",
    RefusalReason.ENCRYPTED: "文件已加密，无法检查，请去除密码后重新上传。",
    RefusalReason.NESTED_ARCHIVE: "压缩包内还有压缩包，请解开后重新打包。",
    RefusalReason.BOMB: "压缩包展开后过大。",
    RefusalReason.POLYGLOT: "文件同时也是另一种文件（如图片后附压缩包），请重新导出后上传。",
    RefusalReason.UNACCEPTED_KIND: "文件或压缩包内含有不接受的文件类型。",
    RefusalReason.OTHER_EXTENSION: "文件扩展名与实际内容不符。",
    RefusalReason.TOO_LARGE: "文件过大。",
    RefusalReason.TOO_MANY_PIXELS: "图片尺寸过大，请缩小后重新上传。",
    RefusalReason.TOO_MANY_FRAMES: "动图帧数过多。",
    RefusalReason.TOO_MANY_PAGES: "文件页数过多，请拆分后上传。",
    RefusalReason.TOO_LONG: "音视频时长过长。",
    RefusalReason.UNREADABLE: "文件已损坏或无法识别。",
}
# In two halves, lest this file be taken for what it looks for.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BLOCK = MIB
PDF_NAMES = {
    b"/JavaScript": RefusalReason.SCRIPT,
    b"/Launch": RefusalReason.LAUNCH,
    b"/EmbeddedFile": RefusalReason.EMBEDDED_FILE,
}
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
RELATION = re.compile(rb"<Relationship\b[^>]*>")
REMOTE = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|file:/{4}|file:\\\\)", re.IGNORECASE)
OLE_KINDS = {
    "WordDocument": AssetKind.DOC,
    "Workbook": AssetKind.XLS,
    "Book": AssetKind.XLS,
    "PowerPoint Document": AssetKind.PPT,
}
OLE_MACROS = {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}
OLE_PACKAGE = "\x01Ole10Native"
OLE_ENCRYPTED = {"EncryptedPackage", "EncryptionInfo"}


class Scan(NamedTuple):
    """What a file is and measures, and why it must be refused, if it must."""

    kind: AssetKind | None
    dangers: list[RefusalReason]
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def scan(name: str, size: int, stream: BinaryIO) -> Scan:
    """Look into a whole file; `name` is what it was called."""
    stream.seek(0)
    kinds = possible(stream.read(HEAD))
    if not kinds:
        return Scan(None, [RefusalReason.UNACCEPTED_KIND])
    found = _look_inside(kinds, stream)
    dangers = list(found.dangers)
    if _holds(stream, EICAR):
        dangers.append(RefusalReason.VIRUS)
    if found.kind is not None:
        if is_another_too(found.kind, stream):
            dangers.append(RefusalReason.POLYGLOT)
        if not fits(name, found.kind):
            dangers.append(RefusalReason.OTHER_EXTENSION)
        if size > rules()[found.kind].most_bytes:
            dangers.append(RefusalReason.TOO_LARGE)
    return found._replace(dangers=list(dict.fromkeys(dangers)))


def _look_inside(kinds: frozenset[AssetKind], stream: BinaryIO) -> Scan:
    stream.seek(0)
    if kinds == TEXTS:
        return _text(stream)
    if AssetKind.ZIP in kinds:
        return _archive(stream)
    if AssetKind.DOC in kinds:
        return _compound(stream)
    (kind,) = kinds
    if kind is AssetKind.PDF:
        return _pdf(stream)
    if rules()[kind].family is Family.IMAGE:
        return _image(kind, stream)
    return Scan(kind, [])


def _text(stream: BinaryIO) -> Scan:
    text = decoded(stream.read(), whole=True)
    if text is None:
        return Scan(None, [RefusalReason.UNREADABLE])
    return Scan(AssetKind.CSV if _is_table(text) else AssetKind.TXT, [])


def _is_table(text: str) -> bool:
    """Say whether the first lines all have the same number of commas, and have some."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    commas = {line.count(",") for line in lines}
    return len(lines) > 1 and len(commas) == 1 and commas != {0}


def _image(kind: AssetKind, stream: BinaryIO) -> Scan:
    try:
        width, height = measure(kind, stream, limits().image)
    except TooMuch as excess:
        return Scan(kind, [excess.reason])
    except UnreadableImage:
        return Scan(kind, [RefusalReason.UNREADABLE])
    return Scan(kind, [], width=width, height=height)


def _pdf(stream: BinaryIO) -> Scan:
    raw = stream.read()
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        reason = RefusalReason.ENCRYPTED if locked else RefusalReason.UNREADABLE
        return Scan(AssetKind.PDF, [reason])
    # Written anew, every object stands in the open, whatever streams it was hidden in.
    rewritten = BytesIO()
    document.save(rewritten)
    pages = len(document)
    texts = [ESCAPED.sub(_character, data) for data in (raw, rewritten.getvalue())]
    dangers = [reason for name, reason in PDF_NAMES.items() if any(name in text for text in texts)]
    if pages > limits().document.most_pages:
        dangers.append(RefusalReason.TOO_MANY_PAGES)
    return Scan(AssetKind.PDF, dangers, pages=pages)


def _character(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped[1], 16)])


def _compound(stream: BinaryIO) -> Scan:
    try:
        names = compound.names(stream)
    except compound.NotCompound:
        return Scan(None, [RefusalReason.UNREADABLE])
    if names & OLE_ENCRYPTED:
        return Scan(None, [RefusalReason.ENCRYPTED])
    kind = next((kind for name, kind in OLE_KINDS.items() if name in names), None)
    if kind is None:
        return Scan(None, [RefusalReason.UNACCEPTED_KIND])
    return Scan(kind, [RefusalReason.MACROS] if names & OLE_MACROS else [])


def _archive(stream: BinaryIO) -> Scan:
    try:
        with archive.open_archive(stream) as opened:
            kind = archive.settle(opened)
            dangers = list(archive.dangers(opened, limits().archive))
            if not dangers:
                inside = _members if kind is AssetKind.ZIP else _office
                dangers = list(dict.fromkeys(inside(opened)))
            return Scan(kind, dangers)
    except archive.UNREADABLE:
        return Scan(None, [RefusalReason.UNREADABLE])


def _office(opened: ZipFile) -> Iterator[RefusalReason]:
    for name in opened.namelist():
        low = name.lower()
        if low.endswith(("vbaproject.bin", "vbadata.xml")):
            yield RefusalReason.MACROS
        if "/embeddings/" in low and low.endswith(".bin"):
            yield from _embedded(opened.read(name))
        if office.ENCLOSED.fullmatch(name):
            yield from _enclosed(name, opened.read(name))
        if low.endswith("settings.xml.rels"):
            related = RELATION.findall(opened.read(name))
            if any(b"attachedTemplate" in each and REMOTE.search(each) for each in related):
                yield RefusalReason.REMOTE_TEMPLATE


def _enclosed(name: str, data: bytes) -> Iterator[RefusalReason]:
    """Look into a document within a document, which readers of it can take out."""
    found = scan(name, len(data), BytesIO(data))
    if found.kind is AssetKind.ZIP:
        yield RefusalReason.NESTED_ARCHIVE
    yield from found.dangers


def _embedded(data: bytes) -> Iterator[RefusalReason]:
    """Tell a file packed into a document from a formula or a drawing, which are harmless."""
    try:
        if OLE_PACKAGE in compound.names(BytesIO(data)):
            yield RefusalReason.EMBEDDED_FILE
    except compound.NotCompound:
        yield RefusalReason.UNREADABLE


def _members(opened: ZipFile) -> Iterator[RefusalReason]:
    """Look into every file of an archive as if it had been uploaded by itself."""
    for name, member in archive.members(opened):
        found = scan(name, member.file_size, BytesIO(opened.read(member)))
        if found.kind is AssetKind.ZIP:
            yield RefusalReason.NESTED_ARCHIVE
        yield from found.dangers


def _holds(stream: BinaryIO, sought: bytes) -> bool:
    stream.seek(0)
    kept = b""
    while block := stream.read(BLOCK):
        if sought in kept + block:
            return True
        kept = block[-len(sought) :]
    return False
