from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.intake.schedule import tasks
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.outbound import Outside
from shared.uow import BeginAs
from tests.factories.content import OFFICE, Group
from tests.services.content.conftest import Hear, Watch
from tests.support.people import bearer, person
from tests.support.web import LOOPBACK, Web, names, serving

NAME = "feed reader of the tests"
PROVINCE_HOST = "www.province.gov.cn"
OTHER_HOST = "www.ministry.gov.cn"
CLERK = person(
    Permission.READ_DRAFTS, Permission.EDIT, Permission.RELEASE, at=OFFICE, name="editor"
)
HOUR = timedelta(hours=1)


def body(content: bytes, *headers: str, code: int = 200) -> bytes:
    lines = "".join(f"{line}\r\n" for line in headers)
    return f"HTTP/1.1 {code} X\r\n{lines}Content-Length: {len(content)}\r\n\r\n".encode() + content


@dataclass
class Intake:
    """A group with a web of upstream sites, and what reads their feeds."""

    group: Group
    sessions: Sessions
    begin: BeginAs
    hear: Hear
    watch: Watch
    web: Web
    hosts: dict[str, str] = field(
        default_factory=lambda: {PROVINCE_HOST: "127.0.0.1", OTHER_HOST: "127.0.0.1"}
    )

    def url(self, path: str = "/feed.xml", host: str = PROVINCE_HOST) -> str:
        return self.web.url(path, host)

    def tasks(self) -> Any:
        resolve = names(**{host.replace(".", "_"): at for host, at in self.hosts.items()})
        return tasks(self.sessions, self.begin, Reader(Outside(LOOPBACK, resolve), NAME))

    async def poll(self, after: timedelta = timedelta()) -> int:
        """Let time pass and ask the feeds that are due, once."""
        self.watch.turn(after)
        done: int = await self.tasks()[0].run(self.watch())
        return done

    async def settle(self) -> None:
        """Settle entries until none is due, however long their hosts have to rest."""
        while await self.tasks()[1].run(self.watch()):
            self.watch.turn(timedelta(seconds=2))

    async def read(self, after: timedelta = timedelta()) -> None:
        await self.poll(after)
        await self.settle()

    async def send(
        self,
        method: str,
        path: str,
        given: Any = None,
        *,
        version: int | None = None,
        actor: Actor = CLERK,
    ) -> httpx.Response:
        headers = bearer(actor, self.watch())
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.group.client.request(method, f"/v1{path}", json=given, headers=headers)

    async def registered(self, path: str = "/feed.xml", **told: Any) -> Any:
        new = {"organization": "340300-zfb", "title": "安徽省人民政府", "url": self.url(path)}
        done = await self.send("POST", "/upstream-feeds", {**new, **told})
        assert done.status_code == 201, done.text
        return done.json()

    async def ruled(self, feed: Any, *rules: Any, actor: Actor = CLERK) -> Any:
        """The feed with rules; without any a rule that drafts whatever comes as news."""
        draft = {"becomes": "draft", "kind": "news", "column_id": self.group.columns["news"]}
        path = f"/upstream-feeds/{feed['id']}/rules"
        given = {"rules": [*rules] or [draft]}
        done = await self.send("PUT", path, given, version=feed["version"], actor=actor)
        assert done.status_code == 200, done.text
        return done.json()

    async def feed(self, feed: Any) -> Any:
        return (await self.send("GET", f"/upstream-feeds/{feed['id']}")).json()

    async def polls(self, feed: Any) -> list[Any]:
        listed = await self.send("GET", f"/upstream-feeds/{feed['id']}/polls")
        found: list[Any] = listed.json()["items"]
        return found

    async def entries(self, **asked: Any) -> list[Any]:
        filters = "&".join(f"{name}={value}" for name, value in asked.items())
        listed = await self.send("GET", f"/upstream-entries?first=100&{filters}")
        assert listed.status_code == 200, listed.text
        found: list[Any] = listed.json()["items"]
        return found

    async def items(self) -> list[Any]:
        found: list[Any] = (await self.send("GET", "/items")).json()["items"]
        return found


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as web:
        yield web


@pytest.fixture
def intake(
    group: Group, sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch, web: Web
) -> Intake:
    return Intake(group, sessions, begin, hear, watch, web)
