"""A lexicon's entries as a table: CSV in UTF-8, or in the encoding Chinese spreadsheets save."""

import csv
from collections.abc import Sequence
from typing import Any

from shared.contracts.lexicons import Severity
from shared.problem import Fault, Invalid, Unprocessable

COLUMNS = {
    "word": "word", "词语": "word", "错误写法": "word", "姓名": "word", "域名": "word",
    "right": "right", "正确写法": "right", "职务": "right",
    "severity": "severity", "级别": "severity",
    "note": "note", "说明": "note",
    "exceptions": "exceptions", "例外": "exceptions",
}  # fmt: skip
SEVERITIES = {"阻断": Severity.BLOCKING, "提示": Severity.WARNING}
BETWEEN_EXCEPTIONS = "|"


class UnreadableTable(Unprocessable):
    """The file is not a table of words."""

    advice = "文件无法识别，应为 CSV 表格，首行为列名：词语、正确写法、级别、说明、例外。"


def read_table(content: bytes) -> list[dict[str, Any]]:
    """Return each row as the fields of an entry; the first row names the columns."""
    try:
        rows = list(csv.reader(_decoded(content).splitlines(), strict=True))
    except csv.Error as fault:
        raise UnreadableTable from fault
    if not rows:
        raise UnreadableTable
    columns = [COLUMNS.get(name.strip()) for name in rows[0]]
    if "word" not in columns:
        raise UnreadableTable
    unknown = [name for name, column in zip(rows[0], columns, strict=True) if column is None]
    if unknown:
        raise Invalid(
            [Fault("/0", "extra_forbidden", f"没有“{name}”这一列。") for name in unknown]
        )
    return [_entry(columns, row) for row in rows[1:] if any(cell.strip() for cell in row)]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable


def _entry(columns: Sequence[str | None], row: Sequence[str]) -> dict[str, Any]:
    cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
    return {name: _value(name, cell) for name, cell in cells.items() if name and cell}


def _value(name: str, cell: str) -> str | list[str]:
    if name == "exceptions":
        return [part.strip() for part in cell.split(BETWEEN_EXCEPTIONS) if part.strip()]
    return SEVERITIES.get(cell, cell) if name == "severity" else cell
