"""Which part of a file a reader asks for (RFC 9110, 14)."""

import re
from typing import NamedTuple

from shared.problem import Problem

ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class OutsideFile(Problem):
    """The part asked for lies outside the file."""

    status = 416
    advice = "请求的范围超出文件大小。"


class Span(NamedTuple):
    """A part of a file, from one byte up to before another."""

    start: int
    end: int

    def told(self, size: int) -> str:
        """Return the part as Content-Range tells it."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


def span(header: str | None, size: int) -> Span | None:
    """Return the part a Range header asks for; none for the whole, or for what may be ignored."""
    asked = ASKED.fullmatch(header.strip()) if header else None
    if asked is None or asked.group(1, 2) == ("", ""):
        return None
    first, last = asked.group(1, 2)
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= size:
        problem = OutsideFile()
        problem.headers = {"Content-Range": f"bytes */{size}"}
        raise problem
    return Span(start, end)
