"""Files of lines: read one line at a time however long, and written as results come."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from services.content.bulk.line import LONGEST


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers; of one that is too long only its head."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST + 2):
            number += 1
            yield number, raw.rstrip(b"\r\n")
            while len(raw) == LONGEST + 2 and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST + 2)


class Written:
    """A file of JSON objects, one a line."""

    def __init__(self, path: Path) -> None:
        """Begin the file anew."""
        self._file = path.open("w", encoding="utf-8")

    def add(self, **told: Any) -> None:
        """Write one object."""
        self._file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def __enter__(self) -> Self:
        """Keep the file open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; what was written stays, whatever happened."""
        self._file.close()
