"""Which tables may stand in a text as lines, which only lay out a page, and which are complex.

Source: 蚌政办秘〔2017〕97号 三(三).
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

WIDE_COLUMNS = 4
WIDE_ROWS = 3
WIDEST = 8
CELL_LINES = 3


class Cell(NamedTuple):
    """A cell of a table: its lines, and whether it spans several columns or rows."""

    lines: Sequence[str]
    spans: bool


class Use(Enum):
    """What a table is for."""

    LAYOUT = "layout"
    SIMPLE = "simple"
    COMPLEX = "complex"


def use(rows: Sequence[Sequence[Cell]]) -> Use:
    """Tell what a table without tables in it is for.

    A row of one cell, such as a caption across all columns, does not make a table complex.
    """
    width = max(map(len, rows), default=0)
    if width <= 1 or any(len(cell.lines) > CELL_LINES for row in rows for cell in row):
        return Use.LAYOUT
    spans = any(cell.spans for row in rows if len(row) > 1 for cell in row)
    wide = width >= WIDE_COLUMNS and len(rows) >= WIDE_ROWS
    return Use.COMPLEX if spans or wide or width > WIDEST else Use.SIMPLE


def lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return a simple table as lines, cells parted by tabs."""
    return ["\t".join(" ".join(cell.lines) for cell in row) for row in rows]
