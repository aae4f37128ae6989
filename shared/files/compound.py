"""The directory of an OLE compound file, as old office documents are ([MS-CFB])."""

import struct
from typing import BinaryIO

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER, ENTRY = 512, 128
NAME_LENGTH, NAME_MOST, ENTRY_TYPE = 64, 64, 66
ENDING = 2  # a name ends with a zero, which its length counts
END_OF_CHAIN = 0xFFFFFFFA
IN_HEADER = 109
MOST_SECTORS = 100_000


class NotCompound(ValueError):
    """The bytes are no readable compound file."""


def names(stream: BinaryIO) -> frozenset[str]:
    """Return the names of every stream and storage inside."""
    header = stream.read(HEADER)
    if not header.startswith(MAGIC) or len(header) < HEADER:
        raise NotCompound
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in {9, 12}:
        raise NotCompound
    size = 1 << shift
    first_directory, first_difat = (struct.unpack_from("<I", header, at)[0] for at in (48, 68))
    table = _table(stream, size, header, first_difat)
    found: set[str] = set()
    sector, seen = first_directory, 0
    while sector < END_OF_CHAIN:
        seen += 1
        if seen > MOST_SECTORS or sector >= len(table):
            raise NotCompound
        found |= _entries(_sector(stream, size, sector))
        sector = table[sector]
    return frozenset(found)


def _table(stream: BinaryIO, size: int, header: bytes, difat: int) -> list[int]:
    """Return the sector allocation table: what follows on each sector."""
    places = list(struct.unpack_from(f"<{IN_HEADER}I", header, 76))
    while difat < END_OF_CHAIN and len(places) < MOST_SECTORS:
        listed = struct.unpack(f"<{size // 4}I", _sector(stream, size, difat))
        places += listed[:-1]
        difat = listed[-1]
    table: list[int] = []
    for place in places:
        if place < END_OF_CHAIN:
            table += struct.unpack(f"<{size // 4}I", _sector(stream, size, place))
    return table


def _sector(stream: BinaryIO, size: int, number: int) -> bytes:
    stream.seek((number + 1) * size)
    data = stream.read(size)
    if len(data) < size:
        raise NotCompound
    return data


def _entries(sector: bytes) -> set[str]:
    found = set()
    for at in range(0, len(sector), ENTRY):
        (length,) = struct.unpack_from("<H", sector, at + NAME_LENGTH)
        if ENDING <= length <= NAME_MOST and sector[at + ENTRY_TYPE]:
            found.add(sector[at : at + length - ENDING].decode("utf-16-le", "replace"))
    return found
