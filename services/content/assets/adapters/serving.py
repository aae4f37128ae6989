"""Sending a stored file to a reader, whole or in part, so that no browser takes it for a page."""

from typing import NamedTuple
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from shared.files.adapters.storage import Files
from shared.files.span import span

INLINE = ("image/", "audio/", "video/", "application/vnd.apple.mpegurl")


class Stored(NamedTuple):
    """A stored file as it is served; `name` is what a reader's machine will call it."""

    place: str
    name: str
    mime: str
    size: int
    sha256: str


async def send(files: Files, stored: Stored, request: Request) -> Response:
    """Answer with a file, the part that Range asks for, or that nothing has changed."""
    headers = {
        "Content-Type": stored.mime,  # as it is: nobody knows a text's encoding here
        "ETag": f'"{stored.sha256}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": _disposition(stored),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    changed = request.headers.get("if-range", headers["ETag"]) != headers["ETag"]
    part = None if changed else span(request.headers.get("range"), stored.size)
    length = stored.size
    if part is not None:
        headers["Content-Range"] = part.told(stored.size)
        length = part.end - part.start
    headers["Content-Length"] = str(length)
    return StreamingResponse(files.read(stored.place, part), 206 if part else 200, headers)


def _disposition(stored: Stored) -> str:
    shown = "inline" if stored.mime.startswith(INLINE) else "attachment"
    return f"{shown}; filename*=UTF-8''{quote(stored.name, safe='')}"
