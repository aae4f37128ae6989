"""A client that costs next to nothing, so that what is measured is the server."""

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import urlsplit


class Refused(Exception):
    """The server answered with something else than what was asked for."""


async def get(at: str, path: str) -> bytes:
    """Return one answer's body."""
    reader, writer = await _open(at)
    body = await _one(reader, writer, path)
    writer.close()
    return body


async def seconds(at: str, paths: Sequence[str], connections: int) -> list[float]:
    """Return how long each of these requests took, shared among so many connections."""
    waiting = iter(paths)
    spent: list[float] = []

    async def work() -> None:
        reader, writer = await _open(at)
        for path in waiting:
            started = time.perf_counter()
            await _one(reader, writer, path)
            spent.append(time.perf_counter() - started)
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    return spent


async def _open(at: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    place = urlsplit(at)
    return await asyncio.open_connection(place.hostname, place.port, limit=2**22)


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    body = await reader.readexactly(length)
    if status != 200:  # noqa: PLR2004  # OK
        raise Refused(f"{path}: {status}")
    return body
