"""What a zip archive holds, and whether it may be unpacked at all."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from shared.contracts.assets import AssetKind, RefusalReason
from shared.files.limits import MIB, ArchiveLimits

ENCRYPTED = 0x1
UNREADABLE = (BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError)
MARKS = {
    "OFD.xml": AssetKind.OFD,
    "word/document.xml": AssetKind.DOCX,
    "xl/workbook.xml": AssetKind.XLSX,
    "ppt/presentation.xml": AssetKind.PPTX,
}
"""What every document of a kind holds: GB/T 33190-2016, ECMA-376."""


def settle(archive: ZipFile) -> AssetKind:
    """Return what kind of document an archive is; one that is none is an archive."""
    names = set(archive.namelist())
    return next((kind for mark, kind in MARKS.items() if mark in names), AssetKind.ZIP)


def dangers(archive: ZipFile, limits: ArchiveLimits) -> Iterator[RefusalReason]:
    """Yield why an archive must not be unpacked, from its directory alone."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > limits.most_members
        or unpacked > limits.most_mib * MIB
        or unpacked > max(MIB, packed * limits.most_ratio)
    ):
        yield RefusalReason.BOMB
    if any(member.flag_bits & ENCRYPTED for member in members):
        yield RefusalReason.ENCRYPTED


def members(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    """Yield the files inside with their names, which Chinese programs often write in GBK."""
    for member in archive.infolist():
        if not member.is_dir():
            yield _name(member), member


def read(archive: ZipFile, name: str) -> bytes:
    """Return a member of the archive; nothing if there is none."""
    try:
        return archive.read(name)
    except KeyError:
        return b""


def open_archive(stream: BinaryIO) -> ZipFile:
    """Open an archive; `UNREADABLE` tells that the bytes are none."""
    stream.seek(0)
    return ZipFile(stream)


def _name(member: ZipInfo) -> str:
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
