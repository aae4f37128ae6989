"""Loopback servers that behave as the platforms document it, and err as they are told."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl

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
