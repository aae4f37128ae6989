"""Calling a platform and reading what it answers, as far as it can be read."""

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from services.content.syndication.channels.platform import Means, Told, figures
from services.content.syndication.partners.retry import SERVER_FAULT, Reply
from services.content.syndication.partners.retry import figures as retrying
from shared.destination import ForbiddenDestination
from shared.outbound import Call, NoAnswer, Outside, Unanswered, call
from shared.telemetry import log

TOO_MANY = 429
FORBIDDEN, UNREADABLE = "forbidden_destination", "unreadable"
# Nothing was sent yet when one of these came up.
BEFORE = frozenset(
    {
        *(NoAnswer.UNKNOWN_HOST, NoAnswer.LOOKUP_FAILED, NoAnswer.REFUSED),
        *(NoAnswer.BAD_CERTIFICATE, NoAnswer.UNKNOWN_ISSUER),
    }
)
WORDS = {
    NoAnswer.UNKNOWN_HOST: "找不到平台的服务器",
    NoAnswer.LOOKUP_FAILED: "域名解析失败",
    NoAnswer.REFUSED: "平台拒绝连接",
    NoAnswer.BAD_CERTIFICATE: "平台的证书无效",
    NoAnswer.UNKNOWN_ISSUER: "平台的证书无法验证",
    NoAnswer.TIMED_OUT: "平台应答超时",
}


class Heard(NamedTuple):
    """What was answered: the data if it can be read, else what that means."""

    reply: Reply
    data: Mapping[str, Any]
    unheard: Told | None = None


async def hear(outside: Outside, asked: Call) -> Heard:
    """Return what a platform answers; an address is logged without what follows its path."""
    begun = time.monotonic()
    try:
        answer = await call(outside, asked)
    except ForbiddenDestination:
        told = Told(Means.BLOCKED, FORBIDDEN, "接口地址不允许访问")
        return Heard(Reply(None, FORBIDDEN, took=_since(begun)), {}, told)
    except Unanswered as fault:
        log.info("channel.unanswered", url=asked.url.partition("?")[0], why=fault.why)
        means = Means.BUSY if fault.why in BEFORE else Means.LOST
        told = Told(means, fault.why.value, WORDS.get(fault.why, "与平台的连接中断"))
        return Heard(Reply(None, fault.why, took=_since(begun)), {}, told)
    retry_after = answer.headers.get("Retry-After")
    reply = Reply(answer.status, retry_after=retry_after, took=_since(begun))
    data = _read(answer.body) if answer.is_whole else None
    if data is None or answer.status >= SERVER_FAULT or answer.status == TOO_MANY:
        return Heard(reply, {}, _unread(answer.status))
    return Heard(reply, data)


def unreadable() -> Told:
    """Return that an answer does not say what it should; what was asked may be done."""
    return Told(Means.LOST, UNREADABLE, "平台的应答无法识别")


def post_json(url: str, body: Mapping[str, Any]) -> Call:
    """Return a call that posts JSON, its characters as they are."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return post(url, content, "application/json; charset=utf-8")


def post(url: str, content: bytes, media_type: str, *, within: int | None = None) -> Call:
    """Return a call that posts a body, redirects not followed."""
    seconds = float(within or retrying().answer_seconds)
    headers = {"Content-Type": media_type, "Accept": "application/json"}
    most = figures().answer_bytes
    return Call("POST", url, headers, content, most=most, within=seconds)


def get(url: str) -> Call:
    """Return a call that asks, redirects not followed."""
    seconds = float(retrying().answer_seconds)
    headers = {"Accept": "application/json"}
    return Call("GET", url, headers, most=figures().answer_bytes, within=seconds)


def _unread(status: int) -> Told:
    if status == TOO_MANY:
        return Told(Means.BUSY, f"http_{status}", "平台要求稍后再试")
    if status >= SERVER_FAULT:
        return Told(Means.LOST, f"http_{status}", "平台服务器出错")
    if status // 100 == 4:  # noqa: PLR2004  # the class of what is refused
        return Told(Means.REFUSED, f"http_{status}", "平台拒绝了请求")
    return unreadable()


def _read(body: bytes) -> Mapping[str, Any] | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _since(begun: float) -> timedelta:
    return timedelta(seconds=time.monotonic() - begun)
