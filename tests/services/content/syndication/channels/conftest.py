import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl
from uuid import UUID

import httpx
import obstore
import pytest
import pytest_asyncio
from obstore.store import MemoryStore
from sqlalchemy import select, text

from services.content.assets import place
from services.content.assets.adapters.storage import Files
from services.content.assets.models import Asset, Rendition
from services.content.syndication.channels.models import Channel, ChannelPost
from services.content.syndication.channels.schedule import tasks
from services.content.syndication.channels.sealing import channel_key
from shared.auth import Actor
from shared.contracts.assets import AssetKind, AssetState, Use
from shared.db import Sessions
from shared.destination import Allowed, networks
from shared.ids import new_id
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs
from tests.factories.content import ADMIN, EDITOR, OFFICE, SITE, Group
from tests.services.content.conftest import CHANNEL_KEY, Hear, Watch
from tests.support.people import NOW, bearer

LOOPBACK = Outside(Allowed(networks(["127.0.0.0/8"])))
SECRET = "the-secret-of-an-account-0123456789"  # noqa: S105  # of no account there is
PICTURE = b"\xff\xd8\xff the bytes of a picture"


class Say(NamedTuple):
    """What a platform answers instead of what it should, and whether it did what was asked."""

    body: Any = b""
    status: int = 200
    headers: str = ""
    silent: bool = False
    done: bool = False
    delay: float = 0


@dataclass
class Platform:
    """A loopback server that behaves as a platform documents it, and errs as it is told."""

    says: dict[str, list[Say]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    port: int = 0
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, act: str) -> list[dict[str, Any]]:
        return [body for name, body in self.calls if name == act]

    @property
    def acts(self) -> list[str]:
        return [name for name, _ in self.calls]

    def answer(self, act: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        raise NotImplementedError

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.ensure_future(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        path, _, query = head[0].split(" ")[1].partition("?")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        content = await reader.readexactly(int(fields.get("content-length", 0)))
        act = path.removeprefix("/cgi-bin/").removeprefix("/2/statuses/").removesuffix(".json")
        named = dict(parse_qsl(query))
        body = _read(fields.get("content-type", ""), content)
        self.calls.append((act, {**body, "query": named}))
        told = self.says[act].pop(0) if self.says.get(act) else Say(done=True, body=None)
        answer = self.answer(act, named, body) if told.done else None
        answer = answer if told.body is None else told.body
        await asyncio.sleep(told.delay)
        if not told.silent:
            raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            length = f"Content-Length: {len(raw)}\r\n"
            writer.write(f"HTTP/1.1 {told.status} X\r\n{told.headers}{length}\r\n".encode() + raw)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            writer.close()
            await writer.wait_closed()


def _read(media_type: str, content: bytes) -> dict[str, Any]:
    if "json" in media_type:
        body: dict[str, Any] = json.loads(content)
        assert b"\\u" not in content
        return body
    if "form-data" in media_type:
        assert b'name="media"; filename="page.jpg"' in content
        return {"media": PICTURE in content}
    return {name: values[0] for name, values in parse_qs(content.decode()).items()}


@dataclass
class WechatServer(Platform):
    """An official account: tokens, material, drafts, and articles published a while later."""

    tokens: int = 0
    token: str = ""
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    publishing: dict[str, dict[str, Any]] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    takes: int = 0
    status: int = 0
    made: int = 0

    def answer(self, act: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        if act == "stable_token":
            if body["secret"] != SECRET:
                return {"errcode": 40125, "errmsg": "invalid appsecret"}
            if not self.token:
                self.tokens += 1
                self.token = f"token-{self.tokens}"
            return {"access_token": self.token, "expires_in": 7200}
        if query["access_token"] != self.token:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        acts: dict[str, Callable[[dict[str, Any]], Any]] = {
            "material/add_material": lambda _: {"media_id": self._new("media"), "url": "http://x"},
            "draft/add": self._draft,
            "draft/get": self._get_draft,
            "draft/delete": self._drop,
            "freepublish/submit": self._submit,
            "freepublish/get": self._get,
            "freepublish/batchget": self._list,
            "freepublish/delete": self._delete,
        }
        return acts[act](body)

    def expire(self) -> None:
        self.token = ""

    def _new(self, kind: str) -> str:
        self.made += 1
        return f"{kind}-{self.made}"

    def _draft(self, body: dict[str, Any]) -> Any:
        (article,) = body["articles"]
        if len(article["title"]) > 32:
            return {"errcode": 45003, "errmsg": "title size out of limit"}
        if len(article["digest"]) > 128:
            return {"errcode": 45004, "errmsg": "description size out of limit"}
        if len(article["content"]) >= 20000:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        name = self._new("draft")
        self.drafts[name] = article
        return {"media_id": name, "item": []}

    def _get_draft(self, body: dict[str, Any]) -> Any:
        found = self.drafts.get(body["media_id"])
        return {"news_item": [found]} if found else _gone()

    def _drop(self, body: dict[str, Any]) -> Any:
        return {"errcode": 0} if self.drafts.pop(body["media_id"], None) else _gone()

    def _submit(self, body: dict[str, Any]) -> Any:
        article = self.drafts.pop(body["media_id"], None)
        if article is None:
            return _gone()
        name = self._new("publish")
        self.publishing[name] = {**article, "left": self.takes}
        return {"errcode": 0, "errmsg": "ok", "publish_id": name, "msg_data_id": "1"}

    def _get(self, body: dict[str, Any]) -> Any:
        name = body["publish_id"]
        if self.status > 1:
            return {"publish_id": name, "publish_status": self.status, "fail_idx": [1]}
        if self.publishing[name]["left"] > 0:
            self.publishing[name]["left"] -= 1
            return {"publish_id": name, "publish_status": 1, "fail_idx": []}
        article_id = self._publish(name)
        item = [{"idx": 1, "article_url": f"http://mp.weixin.qq.com/s/{article_id}"}]
        detail = {"count": 1, "item": item}
        done = {"publish_id": name, "publish_status": 0, "article_id": article_id}
        return {**done, "article_detail": detail, "fail_idx": []}

    def _publish(self, name: str) -> str:
        article_id = f"article-of-{name}"
        self.articles.setdefault(article_id, self.publishing[name])
        return article_id

    def publish_all(self) -> None:
        for name in self.publishing:
            self._publish(name)

    def _list(self, body: dict[str, Any]) -> Any:
        assert body["no_content"] == 1
        items = [
            {
                "article_id": name,
                "content": {
                    "news_item": [{**article, "url": f"http://mp.weixin.qq.com/s/{name}"}]
                },
            }
            for name, article in self.articles.items()
        ]
        return {"total_count": len(items), "item_count": len(items), "item": items[::-1]}

    def _delete(self, body: dict[str, Any]) -> Any:
        if self.articles.pop(body["article_id"], None) is None:
            return {"errcode": 53600, "errmsg": "Article ID 无效"}
        return {"errcode": 0, "errmsg": "ok"}


def _gone() -> Any:
    return {"errcode": 40007, "errmsg": "invalid media_id"}


@dataclass
class WeiboServer(Platform):
    """An account whose posts are shown at once, their links shortened."""

    statuses: dict[str, str] = field(default_factory=dict)
    made: int = 3504803600500000

    def answer(self, act: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        token = body.get("access_token") or query.get("access_token")
        if token != SECRET:
            return {"error": "invalid_access_token", "error_code": 21332, "request": act}
        if act == "share":
            return self._share(body)
        if act == "user_timeline":
            return {"statuses": [self._shown(number) for number in reversed(self.statuses)]}
        if self.statuses.pop(body["id"], None) is None:
            return {"error": "target weibo does not exist!", "error_code": 20101}
        return {"idstr": body["id"], "text": ""}

    def _share(self, body: dict[str, Any]) -> Any:
        if "https://" not in body["status"] or not body["rip"]:
            return {"error": "text not find domain!", "error_code": 10017}
        if body["status"] in self.statuses.values():
            return {"error": "repeat content!", "error_code": 20019}
        self.made += 1
        self.statuses[str(self.made)] = body["status"]
        return self._shown(str(self.made))

    def _shown(self, number: str) -> Any:
        words = [
            "http://t.cn/A6x" if word.startswith("https://") else word
            for word in self.statuses[number].split(" ")
        ]
        return {"idstr": number, "text": " ".join(words), "user": {"id": 1404376560}}


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
        await self.later(seconds=6)
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
