"""County sites in one process: each takes messages, proves them, and shows what it was told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Any

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from bench.province import code_of, domain_of

HEAD_END = b"\r\n\r\n"
SLOW_SECONDS = 3.0
EACH_OF = 100


class Manner(StrEnum):
    """How a site behaves."""

    GOOD = "good"
    SLOW = "slow"
    FAILING = "failing"
    TAMPERING = "tampering"


def manner_of(number: int) -> Manner:
    """Return how a site behaves: one in a hundred is slow, one fails, one tampers."""
    odd = {1: Manner.SLOW, 2: Manner.FAILING, 3: Manner.TAMPERING}
    return odd.get(number % EACH_OF, Manner.GOOD)


@dataclass
class CountySites:
    """A loopback server that is every site by its name, with its pages and its receiver."""

    numbers: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    manners: dict[str, Manner] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    refused: int = 0
    port: int = 0
    put_up: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    taken_down: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def add(self, number: int, secret: str) -> None:
        """Set a site up."""
        domain = domain_of(code_of(number))
        self.numbers[domain], self.manners[domain] = number, manner_of(number)
        self.secrets[domain] = secret

    def url(self, domain: str, path: str) -> str:
        """Return an address of a site."""
        return f"http://{domain}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(HEAD_END)).decode().split("\r\n")
            method, _, _ = head[0].split(" ")
            headers = {
                name.lower(): value
                for name, _, value in (line.partition(": ") for line in head[1:] if line)
            }
            domain = headers["host"].partition(":")[0]
            if method == "POST":
                body = await reader.readexactly(int(headers["content-length"]))
                status, answer = await self._take(domain, headers, body), b""
            else:
                answer = self.pages.get(domain, b"")
                status = 200 if answer else 404
            told = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n"
            writer.write(f"{told}Content-Length: {len(answer)}\r\n\r\n".encode() + answer)
            await writer.drain()
        writer.close()

    async def _take(self, domain: str, headers: dict[str, str], body: bytes) -> int:
        manner = self.manners.get(domain, Manner.GOOD)
        if manner is Manner.FAILING:
            return 500
        if manner is Manner.SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        try:
            message = Webhook(self.secrets[domain]).verify(body, headers)
        except (WebhookVerificationError, KeyError):
            self.refused += 1
            return 401
        if message["type"] == "content.item.withdrawn":
            if manner is not Manner.TAMPERING:
                self.pages.pop(domain, None)
            self.taken_down.put_nowait(domain)
        elif domain not in self.pages:
            self._put_up(domain, message["data"]["item"], manner)
        return 204

    def _put_up(self, domain: str, item: Any, manner: Manner) -> None:
        text = item["body"]
        if manner is Manner.TAMPERING:
            text = text.replace("5000", "9000")
        body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
        around = "<ul><li>首页<li>政策文件</ul>"
        page = f"<h1>{escape(item['title'])}</h1><p>来源：{escape(item['source'])}</p>{body}"
        self.pages[domain] = f"{around}{page}<footer>版权所有</footer>".encode()
        self.put_up.put_nowait(domain)


@asynccontextmanager
async def serving() -> AsyncIterator[CountySites]:
    """Serve the sites on a loopback port."""
    sites = CountySites()
    server = await asyncio.start_server(sites.serve, "127.0.0.1", 0, backlog=1000)
    sites.port = server.sockets[0].getsockname()[1]
    async with server:
        yield sites
