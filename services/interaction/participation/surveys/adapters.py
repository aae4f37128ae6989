"""Writing responses as a file that spreadsheets open, gone when it was sent."""

import asyncio
import csv
from codecs import BOM_UTF8
from collections.abc import AsyncIterator, Iterator, Sequence
from enum import StrEnum
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from services.interaction.participation.surveys.table import Cell, plain

PIECE = 64 * 1024
LONGEST_CELL = 32_767
"""Characters of a cell, at most, says the format."""
LINE_BY_LINE = {"constant_memory": True}


class Form(StrEnum):
    """In which form responses are handed out."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def written(
    form: Form, headings: Sequence[str], rows: AsyncIterator[Sequence[Cell]]
) -> BinaryIO:
    """Return the table as a file, to be read from its beginning; of its rows one is in memory."""
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  # closed when it was sent
    if form is Form.CSV:
        await _text(file, headings, rows)
    else:
        await _workbook(file, headings, rows)
    file.seek(0)
    return file


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file piece by piece, and close it."""
    with file:
        while piece := file.read(PIECE):
            yield piece


async def _text(
    file: BinaryIO, headings: Sequence[str], rows: AsyncIterator[Sequence[Cell]]
) -> None:
    file.write(BOM_UTF8)  # or spreadsheets would not know what the Chinese is written in
    text = TextIOWrapper(file, "utf-8", newline="")
    lines = csv.writer(text)
    lines.writerow(map(plain, headings))
    async for row in rows:
        lines.writerow(map(plain, row))
    text.detach()


async def _workbook(
    file: BinaryIO, headings: Sequence[str], rows: AsyncIterator[Sequence[Cell]]
) -> None:
    workbook = Workbook(file, LINE_BY_LINE)
    sheet = workbook.add_worksheet("答卷")
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    number = 1
    async for row in rows:
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell)
        number += 1
    await asyncio.to_thread(workbook.close)


def _write(sheet: Worksheet, number: int, place: int, cell: Cell) -> None:
    """Write a cell as what it is: a text stays text, whatever it begins with."""
    if isinstance(cell, str):
        sheet.write_string(number, place, cell[:LONGEST_CELL])
    elif cell is not None:
        sheet.write_number(number, place, cell)
