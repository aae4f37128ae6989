"""A client that costs next to nothing, so that what is measured is the server."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit


class Refused(Exception):
    """The server answered with something else than what was asked for."""


class Spent(list[float]):
    """How long each request took, and what was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[bytes] = []


async def get(at: str, path: str) -> bytes:
    """Return one answer's body."""
    reader, writer = await _open(at)
    body = await _one(reader, writer, request("GET", path))
    writer.close()
    return body


def request(
    method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Return a request as it goes over the wire."""
    told = {"Host": "bench", **(headers or {})}
    if body:
        told |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def seconds(at: str, paths: Sequence[str], connections: int) -> list[float]:
    """Return how long each of these reads took, shared among so many connections."""
    return await exchange(at, [request("GET", path) for path in paths], connections)


async def exchange(at: str, requests: Sequence[bytes], connections: int) -> Spent:
    """Return how long each of these requests took, shared among so many connections."""
    waiting = iter(requests)
    spent = Spent()

    async def work() -> None:
        reader, writer = await _open(at)
        for asked in waiting:
            started = time.perf_counter()
            body = await _one(reader, writer, asked)
            spent.append(time.perf_counter() - started)
            spent.bodies.append(body)
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    return spent


async def _open(at: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    place = urlsplit(at)
    return await asyncio.open_connection(place.hostname, place.port, limit=2**22)


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes) -> bytes:
    writer.write(asked)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    body = await reader.readexactly(length)
    if status not in {200, 201}:
        raise Refused(f"{asked.partition(b' HTTP')[0].decode()}: {status} {body.decode()}")
    return body
