"""The API of Weibo."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.content.syndication.channels.account import Asked, Found, Outcome
from services.content.syndication.channels.adapters.calling import (
    get,
    hear,
    post,
    unreadable,
)
from services.content.syndication.channels.mid import address
from services.content.syndication.channels.platform import Means, Told, platform
from services.content.syndication.partners.retry import Reply
from shared.contracts.channels import ChannelKind, Step
from shared.outbound import Call, Outside

WEIBO = ChannelKind.WEIBO
FORM = "application/x-www-form-urlencoded"
LINK = re.compile(r"https?://\S+")
DONE = Told(Means.DONE)


async def take(outside: Outside, asked: Asked) -> Outcome:
    """Take a step at an account."""
    steps = {
        Step.SHARE: _share,
        Step.LOOK_UP: _look_up,
        Step.DELETE: _delete,
    }
    told, reply, found = await steps[asked.step](outside, asked)
    return Outcome(told, reply, found)


async def _share(outside: Outside, asked: Asked) -> tuple[Told, Reply, Found]:
    form = {"status": asked.said, "rip": asked.account.sender_ip}
    told, reply, data = await _ask(outside, _post(asked, "share", form))
    if told.means is not Means.DONE:
        return told, reply, Found()
    found = _found(data)
    return (told, reply, found) if found else (unreadable(), reply, Found())


async def _look_up(outside: Outside, asked: Asked) -> tuple[Told, Reply, Found]:
    """Look for the post among the account's latest, links aside, as the platform shortens them."""
    token = asked.account.secret
    query = urlencode({"access_token": token, "count": platform(WEIBO).looks_back, "page": 1})
    url = f"{asked.account.address}/2/statuses/user_timeline.json?{query}"
    told, reply, data = await _ask(outside, get(url))
    if told.means is not Means.DONE:
        return told, reply, Found()
    listed = data.get("statuses")
    if not isinstance(listed, list):
        return unreadable(), reply, Found()
    for each in listed:
        found = _found(each) if isinstance(each, dict) else None
        if found is None or found.platform_id in asked.known:
            continue
        if _plain(str(each.get("text", ""))) == _plain(asked.said):
            return DONE, reply, found
    return Told(Means.ABSENT), reply, Found()


async def _delete(outside: Outside, asked: Asked) -> tuple[Told, Reply, Found]:
    form = {"id": asked.post.platform_id or ""}
    told, reply, _ = await _ask(outside, _post(asked, "destroy", form))
    return told, reply, Found()


def _post(asked: Asked, act: str, form: Mapping[str, str]) -> Call:
    content = urlencode({"access_token": asked.account.secret, **form}).encode()
    return post(f"{asked.account.address}/2/statuses/{act}.json", content, FORM)


async def _ask(outside: Outside, asked: Call) -> tuple[Told, Reply, Mapping[str, Any]]:
    heard = await hear(outside, asked)
    if heard.unheard is not None:
        return heard.unheard, heard.reply, {}
    if "error_code" in heard.data:
        code = str(heard.data["error_code"])
        meant = platform(WEIBO).understand(code)
        return Told(meant.means, code, meant.words), heard.reply, {}
    return DONE, heard.reply, heard.data


def _found(status: Mapping[str, Any]) -> Found | None:
    number = status.get("idstr") or status.get("mid") or status.get("id")
    if not isinstance(number, str | int) or not number:
        return None
    user = status.get("user")
    writer = str(user.get("id", "")) if isinstance(user, dict) else ""
    return Found(platform_id=str(number), url=address(writer, str(number)))


def _plain(text: str) -> str:
    return "".join(LINK.sub("", text).split())
