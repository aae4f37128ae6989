"""Counts per unit as a table people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping

from shared.contracts.supply import ContributionCount

HEAD = ("单位路径", "单位名称", "报送", "采用", "发布")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(counts: Iterable[ContributionCount], names: Mapping[str, str]) -> bytes:
    """Return the table with a byte order mark, without which spreadsheets misread Chinese."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(HEAD)
    for count in counts:
        name = names.get(count.organization, "")
        rows.writerow(
            (count.organization, _plain(name), count.submitted, count.adopted, count.published)
        )
    return table.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
