"""The API of WeChat official accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from services.content.syndication.channels.account import Asked, Found, Outcome, Token
from services.content.syndication.channels.adapters.calling import (
    Heard,
    hear,
    post,
    post_json,
    unreadable,
)
from services.content.syndication.channels.platform import Means, Told, figures, platform
from services.content.syndication.channels.saying import as_html
from services.content.syndication.partners.retry import Reply
from shared.contracts.channels import ChannelKind, Step
from shared.outbound import Call, Outside

WECHAT = ChannelKind.WECHAT


@dataclass
class Wechat:
    """One step at an account; a token that is refused is renewed, once."""

    outside: Outside
    asked: Asked
    token: Token | None = None
    cover_media: str | None = None
    reply: Reply = field(default_factory=lambda: Reply(None))

    async def take(self) -> Outcome:
        """Take the step."""
        self.token = self.asked.account.token
        steps = {
            Step.DRAFT: self._draft,
            Step.SUBMIT: self._submit,
            Step.LOOK_UP: self._look_up,
            Step.POLL: self._poll,
            Step.DELETE: self._delete,
            Step.DROP_DRAFT: self._drop_draft,
        }
        told, found = await steps[self.asked.step]()
        renewed = self.token if self.token != self.asked.account.token else None
        return Outcome(told, self.reply, found, renewed, self.cover_media)

    async def _draft(self) -> tuple[Told, Found]:
        saying, cover = self.asked.saying, self.asked.cover
        if saying is None or cover is None:
            return Told(Means.REFUSED, "no_cover", "没有可用的封面图片"), Found()
        media = cover.media
        if media is None:
            told, media = await self._upload(cover.name, cover.data, cover.mime)
            if media is None:
                return told, Found()
            self.cover_media = media
        article = {
            "article_type": "news",
            "title": saying.title,
            "author": saying.author,
            "digest": saying.digest,
            "content": as_html(saying.text),
            "content_source_url": saying.link,
            "thumb_media_id": media,
            "need_open_comment": 0,
            "only_fans_can_comment": 0,
        }
        told, data = await self._post("draft/add", {"articles": [article]})
        return _named(told, data, draft_id="media_id")

    async def _upload(self, name: str, data: bytes, mime: str) -> tuple[Told, str | None]:
        form = httpx.Request("POST", "https://form", files={"media": (name, data, mime)})
        content, media_type = form.read(), form.headers["Content-Type"]
        seconds = figures().upload_seconds

        def upload(token: str) -> Call:
            url = self._address("material/add_material", token) + "&type=image"
            return post(url, content, media_type, within=seconds)

        told, answer = await self._with_token(upload)
        told, found = _named(told, answer, draft_id="media_id")
        return told, found.draft_id

    async def _submit(self) -> tuple[Told, Found]:
        told, data = await self._post("freepublish/submit", {"media_id": self.asked.post.draft_id})
        return _named(told, data, publish_id="publish_id")

    async def _poll(self) -> tuple[Told, Found]:
        told, data = await self._post(
            "freepublish/get", {"publish_id": self.asked.post.publish_id}
        )
        if told.means is not Means.DONE:
            return told, Found()
        if "publish_status" not in data:
            return unreadable(), Found()
        status = str(data["publish_status"])
        meant = platform(WECHAT).understand(status, status=True)
        told = Told(meant.means, f"publish_status_{status}", meant.words)
        if told.means is not Means.DONE:
            return told, Found()
        return _named(told, {**data, "url": _first_url(data)}, platform_id="article_id", url="url")

    async def _look_up(self) -> tuple[Told, Found]:
        """Look for the post among what was published; else its draft shows that it was not."""
        body = {"offset": 0, "count": platform(WECHAT).looks_back, "no_content": 1}
        told, data = await self._post("freepublish/batchget", body)
        if told.means is not Means.DONE:
            return told, Found()
        if not isinstance(data.get("item"), list):
            return unreadable(), Found()
        for each in data["item"]:
            if found := self._recognised(each):
                return told, found
        if self.asked.post.draft_id is None:
            return Told(Means.ABSENT), Found()
        told, _ = await self._post("draft/get", {"media_id": self.asked.post.draft_id})
        if told.means is Means.DONE:
            return Told(Means.ABSENT), Found()
        pending = told.means is Means.GONE
        return (Told(Means.PENDING, told.code, told.words) if pending else told), Found()

    def _recognised(self, listed: Any) -> Found | None:
        title, _, link = self.asked.said.partition("\n")
        try:
            article_id, articles = str(listed["article_id"]), listed["content"]["news_item"]
            for article in articles:
                same = article["title"] == title and article["content_source_url"] == link
                if same and article_id not in self.asked.known and not article.get("is_deleted"):
                    return Found(platform_id=article_id, url=article.get("url"))
        except (KeyError, TypeError):
            return None
        return None

    async def _delete(self) -> tuple[Told, Found]:
        body = {"article_id": self.asked.post.platform_id, "index": 0}
        told, _ = await self._post("freepublish/delete", body)
        return told, Found()

    async def _drop_draft(self) -> tuple[Told, Found]:
        told, _ = await self._post("draft/delete", {"media_id": self.asked.post.draft_id})
        return told, Found()

    async def _post(self, path: str, body: Mapping[str, Any]) -> tuple[Told, Mapping[str, Any]]:
        return await self._with_token(lambda token: post_json(self._address(path, token), body))

    async def _with_token(self, made: Any) -> tuple[Told, Mapping[str, Any]]:
        """Call with a token, and once more with a new one if this one is refused."""
        was_new = self.token is None
        if self.token is None and (told := await self._renew()):
            return told, {}
        told, data = await self._call(made(self._text()))
        if told.means is Means.RENEW and not was_new:
            if told := await self._renew():
                return told, {}
            told, data = await self._call(made(self._text()))
        if told.means is Means.RENEW:
            return told._replace(means=Means.BLOCKED), data
        return told, data

    async def _renew(self) -> Told | None:
        """Get a token; the platform gives the present one again while it is good."""
        account = self.asked.account
        body = {
            "grant_type": "client_credential",
            "appid": account.app_id,
            "secret": account.secret,
            "force_refresh": False,
        }
        url = f"{account.address}/cgi-bin/stable_token"
        told, data = await self._call(post_json(url, body))
        if told.means is Means.RENEW:
            return told._replace(means=Means.BLOCKED)
        if told.means is Means.LOST:  # a token asked for twice does no harm
            return told._replace(means=Means.BUSY)
        if told.means is not Means.DONE:
            return told
        text, seconds = data.get("access_token"), data.get("expires_in")
        if not isinstance(text, str) or not text or not isinstance(seconds, int):
            return unreadable()._replace(means=Means.BUSY)
        lasts = max(seconds - platform(WECHAT).token_early_seconds, 0)
        self.token = Token(text, self.asked.now + timedelta(seconds=min(lasts, 86400)))
        return None

    async def _call(self, asked: Call) -> tuple[Told, Mapping[str, Any]]:
        heard = await hear(self.outside, asked)
        self.reply = heard.reply
        return _told(heard), heard.data

    def _text(self) -> str:
        return self.token.text if self.token else ""

    def _address(self, path: str, token: str) -> str:
        return f"{self.asked.account.address}/cgi-bin/{path}?access_token={quote(token, safe='')}"


def _told(heard: Heard) -> Told:
    if heard.unheard is not None:
        return heard.unheard
    code = str(heard.data.get("errcode", 0))
    meant = platform(WECHAT).understand(code)
    return Told(meant.means, code, meant.words)


def _named(told: Told, data: Mapping[str, Any], **names: str) -> tuple[Told, Found]:
    """Return the names a platform gave, which it must if the step is done."""
    if told.means is not Means.DONE:
        return told, Found()
    given = {name: data.get(key) for name, key in names.items()}
    if not all(isinstance(value, str | int) and value for value in given.values()):
        return unreadable(), Found()
    return told, Found(**{name: str(value) for name, value in given.items()})


def _first_url(data: Mapping[str, Any]) -> str | None:
    try:
        return str(data["article_detail"]["item"][0]["article_url"])
    except (KeyError, IndexError, TypeError):
        return None
