"""Writing a table as a workbook, to a file that is gone when it was sent."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from services.content.syndication.coverage.table import HEADINGS, Cell, Covered, row

PIECE = 64 * 1024
LONGEST_CELL = 32_767
"""Characters of a cell, at most, says the format."""
WIDTH = 22
LINE_BY_LINE = {"constant_memory": True}


async def written(covered: AsyncIterator[Covered]) -> BinaryIO:
    """Return the workbook, to be read from its beginning; of its lines one is in memory."""
    file = TemporaryFile()  # noqa: SIM115  # closed when it was sent
    workbook = Workbook(file, LINE_BY_LINE)
    sheet = workbook.add_worksheet("转载情况")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADINGS) - 1, WIDTH)
    bold = workbook.add_format({"bold": True})
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(0, place, heading, bold)
    number = 1
    async for each in covered:
        for place, cell in enumerate(row(each)):
            _write(sheet, number, place, cell)
        number += 1
    await asyncio.to_thread(workbook.close)
    file.seek(0)
    return file


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file piece by piece, and close it."""
    with file:
        while piece := file.read(PIECE):
            yield piece


def _write(sheet: Worksheet, number: int, place: int, cell: Cell) -> None:
    """Write a cell as what it is: a text stays text, whatever it begins with."""
    if isinstance(cell, str):
        sheet.write_string(number, place, cell[:LONGEST_CELL])
    elif cell is not None:
        sheet.write_number(number, place, cell)
