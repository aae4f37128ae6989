from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.verification.schedule import tasks
from shared.auth import Actor
from shared.db import Sessions
from shared.outbound import Outside
from shared.uow import BeginAs
from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, Group
from tests.services.content.conftest import Hear, Watch
from tests.support.people import bearer
from tests.support.web import LOOPBACK, Web, names, serving

NAME = "page reader of the tests"
APART = timedelta(minutes=30)
HOST = f"www.s{COUNTY_SITE}.gov.cn"


def answer(markup: str, *headers: str) -> bytes:
    body = markup.encode()
    lines = "".join(f"{line}\r\n" for line in ("Content-Type: text/html", *headers))
    return f"HTTP/1.1 200 OK\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


def page(item: Any, *, text: str | None = None) -> bytes:
    lines = (text or item["body"]).splitlines()
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    nav, source = "<ul><li>首页<li>政策</ul>", f"<p>来源：{item['source']}</p>"
    return answer(f"{nav}<h1>{item['title']}</h1>{source}{body}<footer>版权所有</footer>")


@dataclass
class Prober:
    """A group with a web of pages, and what reads them; a test may cut it off."""

    group: Group
    sessions: Sessions
    begin: BeginAs
    hear: Hear
    watch: Watch
    web: Web
    hosts: set[str] = field(default_factory=lambda: {HOST})

    async def read(self, after: timedelta = timedelta()) -> int:
        """Let the clock tick until no host is due; return how often a host was."""
        self.watch.turn(after)
        resolve = names(**{host.replace(".", "_"): "127.0.0.1" for host in self.hosts})
        reader = Reader(Outside(LOOPBACK, resolve), NAME)
        (task,) = tasks(self.sessions, self.begin, reader, soon=60)
        done = 0
        while ran := await task.run(self.watch()):
            done += ran
        return done

    async def read_twice(self) -> None:
        await self.read()
        await self.read(APART)

    def url(self, path: str = "/1") -> str:
        return self.web.url(path, HOST)

    async def ask(self, path: str, actor: Actor = COUNTY_EDITOR) -> httpx.Response:
        return await self.group.client.get(path, headers=bearer(actor, self.watch()))

    async def send(self, owed: Any, url: str) -> httpx.Response:
        path = f"/v1/obligations/{owed['id']}/claim"
        headers = bearer(COUNTY_EDITOR, self.watch()) | {"If-Match": f'"{owed["version"]}"'}
        return await self.group.client.post(path, json={"url": url}, headers=headers)

    async def claimed(self, item: Any, markup: bytes | None = None, **directive: Any) -> Any:
        """What the county owes after it claimed that the item stands on this page."""
        owed = await self.group.owed(item, **directive)
        if markup is not None:
            self.web.answers["/1"] = markup
        done = await self.send(owed, self.url())
        assert done.status_code == 200, done.text
        return done.json()

    async def owed(self) -> Any:
        listed = await self.ask("/v1/obligations?first=1")
        return listed.json()["items"][0]

    async def readings(self, owed: Any) -> list[Any]:
        listed = await self.ask(f"/v1/obligations/{owed['id']}/readings")
        assert listed.status_code == 200, listed.text
        found: list[Any] = listed.json()["items"]
        return found


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as web:
        yield web


@pytest.fixture
def prober(
    group: Group, sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch, web: Web
) -> Prober:
    return Prober(group, sessions, begin, hear, watch, web)
