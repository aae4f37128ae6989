import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from services.content.syndication.partners.models import Delivery
from services.content.syndication.partners.schedule import tasks
from shared.db import Sessions
from shared.destination import Allowed, networks
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs
from tests.factories.content import PARTNER, Group
from tests.services.content.conftest import SUBSCRIPTION_KEY, Hear

LOOPBACK = Outside(Allowed(networks(["127.0.0.0/8", "::1/128"])))


@dataclass
class Subscriber:
    """A loopback server that keeps what it was sent and answers as it is told."""

    statuses: list[int] = field(default_factory=lambda: [200])
    location: str = ""
    retry_after: str = ""
    delay: float = 0
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    port: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.ensure_future(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = [line.split(": ", 1) for line in head[1:] if line]
        headers = {name.lower(): value for name, value in fields}
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.statuses[min(len(self.bodies), len(self.statuses) - 1)]
        self.paths.append(head[0])
        self.headers.append(headers)
        self.bodies.append(body)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), self.delay)
        location = f"Location: {self.location}\r\n" if self.location else ""
        location += f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
        writer.write(f"HTTP/1.1 {status} X\r\n{location}Content-Length: 0\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            writer.close()
            await writer.wait_closed()


@pytest_asyncio.fixture
async def subscriber() -> AsyncIterator[Subscriber]:
    listening = Subscriber()
    server = await asyncio.start_server(listening.accept, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listening
        listening.over.set()
        await asyncio.gather(*listening.serving)


def delivering(sessions: Sessions, begin: BeginAs, outside: Outside, *, soon: float = 60) -> Task:
    """Return what delivers messages, and waits until each has its answer."""
    (deliver,) = tasks(sessions, begin, SUBSCRIPTION_KEY, outside, soon=soon)
    return deliver


@pytest.fixture
def worker(real_sessions: Sessions, real_begin: BeginAs) -> Task:
    """What delivers messages, allowed to call the loopback subscriber."""
    return delivering(real_sessions, real_begin, LOOPBACK)


@pytest.fixture
def strict_worker(real_sessions: Sessions, real_begin: BeginAs) -> Task:
    return delivering(real_sessions, real_begin, Outside())


async def due(group: Group, hear: Hear, *urls: str, items: int = 1) -> list[Any]:
    """Subscribe at these addresses, and release something to tell them of."""
    opened = []
    for url in urls:
        done = await group.send(PARTNER, "POST", "/v1/subscriptions", {"url": url})
        assert done.status_code == 201, done.text
        opened.append(done.json())
    for _ in range(items):
        await group.released()
    await hear()
    return opened


async def receipts(sessions: Sessions) -> list[Delivery]:
    async with sessions() as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.id)))
