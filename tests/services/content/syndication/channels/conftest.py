import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import obstore
import pytest
import pytest_asyncio
from obstore.store import MemoryStore
from sqlalchemy import select, text

from services.content.assets import place
from services.content.assets.models import Asset, Rendition
from services.content.syndication.channels.models import Channel, ChannelPost
from services.content.syndication.channels.schedule import tasks
from services.content.syndication.channels.sealing import channel_key
from shared.auth import Actor
from shared.contracts.assets import AssetKind, AssetState, Use
from shared.db import Sessions
from shared.destination import Allowed, networks
from shared.files.adapters.storage import Files
from shared.ids import new_id
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs
from tests.factories.content import ADMIN, EDITOR, OFFICE, SITE, Group
from tests.services.content.conftest import CHANNEL_KEY, Hear, Watch
from tests.services.content.syndication.channels.platforms import (
    PICTURE,
    SECRET,
    Platform,
    WechatServer,
    WeiboServer,
)
from tests.support.people import NOW, bearer

LOOPBACK = Outside(Allowed(networks(["127.0.0.0/8"])))


@pytest_asyncio.fixture
async def wechat() -> AsyncIterator[WechatServer]:
    async with _listening(WechatServer()) as server:
        assert isinstance(server, WechatServer)
        yield server


@pytest_asyncio.fixture
async def weibo() -> AsyncIterator[WeiboServer]:
    async with _listening(WeiboServer()) as server:
        assert isinstance(server, WeiboServer)
        yield server


@contextlib.asynccontextmanager
async def _listening(platform: Platform) -> AsyncIterator[Platform]:
    server = await asyncio.start_server(platform.accept, "127.0.0.1", 0)
    platform.port = server.sockets[0].getsockname()[1]
    async with server:
        yield platform
        for each in platform.serving:
            each.cancel()
        await asyncio.gather(*platform.serving, return_exceptions=True)


@pytest.fixture
def files() -> Files:
    return Files(MemoryStore())


async def ready_image(
    sessions: Sessions, files: Files, mime: str = "image/jpeg", site: str = SITE
) -> UUID:
    """A file that was looked into and may be shown, as it stands when that is done."""
    asset_id, name = new_id(), "page.jpg"
    form = Rendition(asset_id=asset_id, name=name, use=Use.PAGE, mime=mime, size=len(PICTURE))
    form.sha256, form.place = "0" * 64, place.rendition(asset_id, name)
    asset = Asset(id=asset_id, site_code=site, sponsoring=OFFICE, uploader=EDITOR.id, name="a.jpg")
    asset.size, asset.sha256, asset.kind = len(PICTURE), "0" * 64, AssetKind.JPEG
    asset.state, asset.received_at, asset.renditions = AssetState.READY, NOW, [form]
    async with sessions.begin() as session:
        session.add(asset)
    await obstore.put_async(files.store, form.place, PICTURE)
    return asset_id


@dataclass
class Desk:
    """A group with channels, what its worker does about them, and what the clerks see."""

    group: Group
    hear: Hear
    task: Task
    watch: Watch
    sessions: Sessions
    files: Files

    async def channel(self, platform: Platform, **terms: Any) -> Any:
        kind = "wechat" if isinstance(platform, WechatServer) else "weibo"
        new = {"kind": kind, "name": "渠道", "site_code": SITE, "app_id": "wx1", "secret": SECRET}
        new |= {"address": platform.url, "automatic": True, "per_minute": 60, "per_day": 1000}
        if kind == "wechat" and "cover_id" not in terms:
            new["cover_id"] = str(await ready_image(self.sessions, self.files))
        new |= {"sender_ip": "211.156.0.1"} if kind == "weibo" else {}
        done = await self.send(ADMIN, "POST", "/v1/channels", {**new, **terms})
        assert done.status_code == 201, done.text
        return done.json()

    async def send(
        self, actor: Actor, method: str, path: str, body: Any = None, version: int | None = None
    ) -> httpx.Response:
        """Ask with a token of the present hour."""
        headers = bearer(actor, self.watch())
        headers |= {} if version is None else {"If-Match": f'"{version}"'}
        return await self.group.client.request(method, path, json=body, headers=headers)

    async def run(self, *, times: int = 20) -> int:
        """Let the worker do what is due, as long as something is."""
        done = 0
        for _ in range(times):
            taken = await self.task.run(self.watch())
            if not taken:
                break
            done += taken
        return done

    async def later(self, **by: float) -> int:
        self.watch.turn(timedelta(**by))
        return await self.run()

    async def posted(self, **fields: Any) -> Any:
        """An item that was released, and what the worker made of it."""
        item = await self.group.released(**fields)
        await self.hear()
        await self.run()
        await self.later(seconds=7)
        return item

    async def posts(self, channel: Any, query: str = "") -> list[Any]:
        path = f"/v1/channels/{channel['id']}/posts{query}"
        listed = await self.send(EDITOR, "GET", path)
        assert listed.status_code == 200, listed.text
        found: list[Any] = listed.json()["items"]
        return found

    async def post(self, channel: Any) -> Any:
        (post,) = await self.posts(channel)
        return post

    async def steps(self, channel: Any, post: Any) -> list[tuple[str, str | None]]:
        path = f"/v1/channels/{channel['id']}/posts/{post['id']}/attempts"
        listed = await self.send(EDITOR, "GET", path)
        return [(each["step"], each["code"]) for each in reversed(listed.json()["items"])]

    async def shown(self, channel: Any) -> Any:
        return (await self.send(ADMIN, "GET", f"/v1/channels/{channel['id']}")).json()

    async def act(self, channel: Any, end: str, body: Any = None) -> Any:
        version = (await self.shown(channel))["version"]
        path = f"/v1/channels/{channel['id']}{end}"
        done = await self.send(ADMIN, "POST", path, body, version)
        assert done.status_code == 200, done.text
        return done.json()

    async def order(self, channel: Any, item: Any) -> Any:
        path = f"/v1/channels/{channel['id']}/posts"
        return await self.send(EDITOR, "POST", path, {"item_id": item["id"]})

    async def retry(self, channel: Any, post: Any) -> Any:
        path = f"/v1/channels/{channel['id']}/posts/{post['id']}/retry"
        done = await self.send(EDITOR, "POST", path, version=post["version"])
        assert done.status_code == 200, done.text
        return done.json()

    async def corrected(self, item: Any, **fields: Any) -> Any:
        read = (await self.group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
        revised = await self.group.revised(read, correction_note="更正有误之处", **fields)
        done = await self.group.release(revised)
        assert done.status_code == 201, done.text
        await self.hear()
        return revised

    async def rows(self) -> list[ChannelPost]:
        async with self.sessions() as session:
            return list(await session.scalars(select(ChannelPost).order_by(ChannelPost.id)))

    async def every_text(self) -> list[str]:
        """Every row of every table as text, as whoever reads the database sees it."""
        async with self.sessions() as session:
            names = await session.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            )
            rows: list[str] = []
            for name in names.all():
                rows += await session.scalars(text(f"SELECT row::text FROM {name} AS row"))  # noqa: S608  # of our own tables
            return rows

    async def kept(self) -> list[Channel]:
        async with self.sessions() as session:
            return list(await session.scalars(select(Channel).order_by(Channel.id)))


def posting(begin: BeginAs, files: Files, outside: Outside = LOOPBACK) -> Task:
    """Return what posts to channels, over a key whose chance stands still."""
    key = channel_key(CHANNEL_KEY, bytes)
    (task,) = tasks(begin, key, outside, files)
    return task


@pytest.fixture
def desk(
    real_group: Group,
    real_hear: Hear,
    real_begin: BeginAs,
    real_sessions: Sessions,
    watch: Watch,
    files: Files,
) -> Desk:
    task = posting(real_begin, files)
    return Desk(real_group, real_hear, task, watch, real_sessions, files)
