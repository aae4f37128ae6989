"""Where links lead, judged by their address and by what readings of them have found."""

import ipaddress
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

import yaml
from rapidfuzz.distance import Levenshtein

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from services.content.editorial.checks.subject import Subject
from services.content.editorial.link_reading.dead_link import DeadLink
from shared.business_day import BEIJING
from shared.contracts.dead_links import LinkFound
from shared.personal_data import mask

HAN_HOST = r"[0-9A-Za-z\u4e00-\u9fff.-]{1,100}\.(?:政务|公益|中国)(?:\.cn)?(?![0-9A-Za-z.-])[!-~]*"
# Letters that pass for Latin ones must not end an address before its true host.
LIKE_LATIN = "\u00c0-\u052f"
URL = re.compile(
    rf"(?<![0-9A-Za-z])(?:https?|ftp)://(?:{HAN_HOST}|[!#-&(-;=?-\[\]-~{LIKE_LATIN}]+)"
    r"|(?<![0-9A-Za-z@./-])www\.[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,6}[!#-&(-;=?-\[\]-~]*",
    re.IGNORECASE,
)
CLOSES = ".,;:!?)]"
SHOWN = 120
USER_INFO = re.compile(r"//[^/?#@]*@")
PIECES = re.compile("[.-]")
PRETENDED = {"gov", "g0v", "govcn"}
COUNTRY = 2
LONGEST_HOST = 253
FOUND_DEAD = {
    LinkFound.GONE: "网页不存在（返回 {status}）",
    LinkFound.UNKNOWN_HOST: "域名无法解析",
    LinkFound.REFUSED: "服务器拒绝连接",
    LinkFound.BAD_CERTIFICATE: "安全证书无效",
}


class Judged(NamedTuple):
    """What is wrong with a link, and what to tell the editor."""

    code: str
    message: str
    suggestion: str


@cache
def _listed() -> dict[str, list[Any]]:
    listed: dict[str, list[Any]] = yaml.safe_load(
        files(__package__).joinpath("links.yaml").read_text("utf-8")
    )
    return listed


def findings(field: str, text: str, subject: Subject) -> Iterator[CheckFinding]:
    """Yield what speaks against each address written out in a text."""
    for url, span in _written(text):
        yield from _of(field, url, span, subject)


def of_list(subject: Subject) -> Iterator[CheckFinding]:
    """Yield what speaks against each link of the item's list."""
    for place, link in enumerate(subject.links):
        yield from _of(f"links/{place}", link.href.strip(), (0, 0), subject)


def addresses(subject: Subject) -> Iterator[str]:
    """Yield where a text and all that goes out with it lead, as far as it can be read."""
    for _, text in subject.texts():
        for url, _ in _written(text):
            yield from filter(None, [page(url)])
    for link in subject.links:
        yield from filter(None, [page(link.href.strip())])


def page(url: str) -> str | None:
    """Return the page a link leads to, without the place in it, if it is one of the web."""
    parts = _parts(url)
    if parts is None or not parts.hostname or parts.username is not None:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    return parts._replace(scheme=parts.scheme or "http", fragment="").geturl()


def _written(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in URL.finditer(text) if "://" in text or "www." in text.lower() else ():
        url = match[0].rstrip(CLOSES)
        yield url, (match.start(), match.start() + len(url))


def _of(field: str, url: str, span: tuple[int, int], subject: Subject) -> Iterator[CheckFinding]:
    known = subject.dead_links.get(page(url) or "")
    dead = [_dead(known)] if known else []
    for judged in [*judge(url, subject.own_domains, subject.lexicons.closed_domains), *dead]:
        yield report(
            judged.code,
            field,
            span,
            excerpt=mask(USER_INFO.sub("//***@", url))[:SHOWN],
            suggestion=judged.suggestion,
            message=judged.message,
        )


def _dead(known: DeadLink) -> Judged:
    what = FOUND_DEAD[known.found].format(status=known.status)
    first, again = _told(known.since), _told(known.confirmed_at)
    return Judged(
        "links.dead",
        f"链接已失效：{what}；{first} 首次发现，{again} 复核相同。",
        "更换为有效的地址，或删除该链接；确需保留的，请说明理由。",
    )


def _told(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def judge(url: str, own: frozenset[str], closed: frozenset[str]) -> Iterator[Judged]:
    """Yield everything that speaks against a link; a place on the same site is fine."""
    parts = _parts(url)
    if parts is None:
        yield Judged("links.malformed", "链接地址无法识别。", "核对链接地址。")
        return
    if parts.scheme in _listed()["refused"]:
        yield Judged("links.scheme", f"链接类型 {parts.scheme}: 不可用。", "换成网页地址或删除。")
    host, port = (parts.hostname or "").rstrip("."), parts.port
    if not host:
        return
    if parts.username is not None:
        yield Judged("links.user_info", "链接中含有账号或口令。", "删除 @ 之前的部分。")
    if port is not None and port not in _listed()["ports"]:
        yield Judged("links.odd_port", f"链接使用非常用端口 {port}。", "核对链接地址。")
    yield from _host(host, own, closed)
    yield from _scheme(parts)


def _parts(url: str) -> SplitResult | None:
    """Return the parts of an address, also of one written without a scheme, if it is one."""
    try:
        parts = urlsplit(f"//{url}" if url.lower().startswith("www.") else url)
        sound = (parts.port or 0) >= 0 and len(parts.hostname or "") <= LONGEST_HOST
    except ValueError:
        return None
    return parts if sound else None


def _scheme(parts: SplitResult) -> Iterator[Judged]:
    if parts.scheme in {"http", "ftp"}:
        yield Judged(
            "links.insecure", "链接未加密，内容可能在途中被篡改。", "改用 https:// 地址。"
        )


def _host(host: str, own: frozenset[str], closed: frozenset[str]) -> Iterator[Judged]:
    """Yield the gravest thing to say about a host; one judgement is enough."""
    if _under(host, closed):
        yield Judged("links.closed_domain", f"{host} 已关停，可能被他人注册。", "删除该链接。")
    elif _is_address(host):
        yield Judged("links.bare_address", "链接直接使用 IP 地址。", "改用网站域名。")
    elif _under(host, own) or _under(host, _listed()["government"]):
        return
    elif _looks_alike(host, own):
        yield Judged("links.look_alike", f"{host} 与政府网站域名相似。", "核实是否仿冒网站。")
    elif _under(host, _listed()["shorteners"]):
        yield Judged("links.shortened", "商业短链接的去向可能被更换。", "改用原网址。")
    else:
        yield Judged(
            "links.foreign", f"{host} 不是政府网站。", "确认确有必要，并提示读者离开本站。"
        )


def _under(host: str, domains: Any) -> bool:
    """Say whether a host is one of these domains or stands below one."""
    labels = host.split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels)))


def _is_address(host: str) -> bool:
    """Tell numbers from names; a browser also takes one whole number for an address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace("x", "", 1).isdecimal()
    return True


def _looks_alike(host: str, own: frozenset[str]) -> bool:
    """Say whether a host wants to be taken for a government's or for one of our own."""
    labels = host.split(".")
    abroad = labels[-1] == "gov" or (labels[-2:-1] == ["gov"] and len(labels[-1]) == COUNTRY)
    pretends = not abroad and bool(PRETENDED & set(PIECES.split(host)))
    foreign_signs = any(_is_disguised(label) for label in labels)
    near = any(Levenshtein.distance(host, domain, score_cutoff=1) == 1 for domain in own)
    return pretends or foreign_signs or near


def _is_disguised(label: str) -> bool:
    """Say whether a label holds letters of other scripts, which look like ours."""
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return True
    return any(not sign.isascii() and not "\u4e00" <= sign <= "\u9fff" for sign in label)
