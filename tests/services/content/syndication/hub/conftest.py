import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from services.content.syndication.hub.models import Follower
from services.content.syndication.hub.schedule import tasks
from shared.contracts.hub import FollowerChanged
from shared.db import Sessions
from shared.outbound import Outside
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import SITE, Group
from tests.services.content.conftest import SUBSCRIPTION_KEY, Hear, Watch
from tests.support.people import NOW
from tests.support.web import LOOPBACK

ADDRESS = "http://127.0.0.1:8001"
TOPIC = f"{ADDRESS}/v1/public/sites/{SITE}/feed.atom"


@dataclass
class Callback:
    """A loopback server that agrees to what it is asked, and keeps what it is handed."""

    port: int = 0
    agrees: bool = True
    asks: int = 200
    statuses: list[int] = field(default_factory=lambda: [200])
    asked: list[dict[str, str]] = field(default_factory=list)
    handed: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/callback?of=mine"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            if method == "GET":
                status, answer = self._asked(path)
            else:
                body = await reader.readexactly(int(headers["content-length"]))
                status = self.statuses[min(len(self.handed), len(self.statuses) - 1)]
                raw = dict(line.split(": ", 1) for line in head[1:] if line)
                self.handed.append(
                    (path, {name.lower(): value for name, value in raw.items()}, body)
                )
                answer = b""
                await asyncio.sleep(0.01)
            self.at_once -= 1
            length = f"Content-Length: {len(answer)}\r\n\r\n"
            writer.write(f"HTTP/1.1 {status} X\r\n{length}".encode() + answer)
            await writer.drain()
        writer.close()

    def _asked(self, path: str) -> tuple[int, bytes]:
        told = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        self.asked.append(told)
        challenge = told.get("hub.challenge", "").encode()
        return self.asks, challenge if self.agrees else b"no"


@pytest_asyncio.fixture
async def callback() -> AsyncIterator[Callback]:
    listening = Callback()
    server = await asyncio.start_server(listening.serve, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listening


@dataclass
class Hub:
    """The hub of a group, its clocks in the test's hands."""

    group: Group
    sessions: Sessions
    begin: BeginAs
    hear: Hear
    watch: Watch
    outside: Outside = field(default_factory=lambda: Outside(LOOPBACK))

    async def send(self, callback: str, mode: str = "subscribe", **fields: Any) -> httpx.Response:
        form = {"hub.mode": mode, "hub.topic": TOPIC, "hub.callback": callback}
        form |= {f"hub.{name}": value for name, value in fields.items()}
        return await self.group.client.post("/v1/public/hub", data=form)

    async def ask(self, callback: str, mode: str = "subscribe", **fields: Any) -> None:
        answer = await self.send(callback, mode, **fields)
        assert (answer.status_code, answer.content) == (202, b""), answer.text
        await self.work()

    async def work(self, after: timedelta = timedelta()) -> None:
        """Let the clocks tick until nothing is due."""
        self.watch.turn(after)
        for task in tasks(self.sessions, self.begin, SUBSCRIPTION_KEY, self.outside, soon=60):
            while await task.run(self.watch()):
                pass

    async def change(self, **fields: Any) -> Any:
        """Release something, and let the feeds be handed on."""
        now, self.watch.now = self.watch.now, NOW
        item = await self.group.released(**fields)
        self.watch.now = now
        await self.hear()
        await self.work()
        return item

    async def followers(self) -> list[Follower]:
        async with self.sessions() as session:
            return list(await session.scalars(select(Follower).order_by(Follower.id)))

    async def told(self) -> list[dict[str, Any]]:
        """What was announced of followers, in order."""
        question = select(OutboxMessage.data).where(OutboxMessage.type == FollowerChanged.type)
        async with self.sessions() as session:
            return list(await session.scalars(question.order_by(OutboxMessage.position)))


@pytest.fixture
def hub(
    real_group: Group, real_sessions: Sessions, real_begin: BeginAs, real_hear: Hear, watch: Watch
) -> Hub:
    return Hub(real_group, real_sessions, real_begin, real_hear, watch)
