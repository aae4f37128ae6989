"""What a person sees of a web page, and what it says of itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.content.editorial.importing.appearance import Look, look
from services.content.editorial.importing.elements import elements
from services.content.editorial.importing.nesting import check_nesting
from services.content.editorial.importing.web_page import unseen
from shared.plain_signs import INVISIBLE

UNSHOWN = elements("unread") | elements("embedded")
BREAKING = elements("blocks") | {"br"}
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
NAMED_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]{1,40})", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
BREAK = "\x00"
READ_BEFORE_BODY = 4096
GB = {"gb2312": "gb18030", "gbk": "gb18030"}
# Signs that are written in several ways and mean the same; whatever else differs is substance.
WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
QUOTES = dict.fromkeys(map(ord, "“”„‟‘’‚‛「」『』﹁﹂﹃﹄〝〞'"), '"')
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─"), "-")
MEANS_THE_SAME = str.maketrans(WIDTH | QUOTES | DASHES | {"•": "·", "‧": "·", "・": "·"})
UNSEEN_SIGNS = re.compile(rf"(?:\s|{INVISIBLE.pattern})+")
DASH_RUN = re.compile("-{2,}")


class Page(NamedTuple):
    """A page as it is compared: the lines it shows, without spaces, where it leads, its labels."""

    lines: Sequence[str]
    links: frozenset[str]
    labels: Mapping[str, str]

    @property
    def text(self) -> str:
        """Return its lines as they run on: where a template breaks them means nothing."""
        return "".join(self.lines)


def plain(text: str) -> str:
    """Return a text without spaces and invisible signs, in one width, with one kind of quotes."""
    same = normalize("NFC", text).translate(MEANS_THE_SAME)
    return DASH_RUN.sub("-", UNSEEN_SIGNS.sub("", same.replace("＂", '"')))


def decode(body: bytes, content_type: str | None) -> str:
    """Return a page as text, in the encoding it names; one that names none is read as UTF-8."""
    told = NAMED_CHARSET.search(content_type or "")
    found = CHARSET.search(body[:READ_BEFORE_BODY])
    name = told[1] if told else found[1].decode() if found else "utf-8"
    try:
        return body.decode(GB.get(name.lower(), name), errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")


def read_page(markup: str, url: str) -> Page:
    """Read a page of any template, or refuse `TangledMarkup`; what nobody sees does not count."""
    check_nesting(markup)
    tree = LexborHTMLParser(markup)
    labels = {
        node.attributes.get("name") or "": node.attributes.get("content") or ""
        for node in tree.css("meta[name]")
    }
    pieces: list[str] = []
    links = set()
    for node in [] if tree.body is None else _seen(tree.body, unseen(tree)):
        if node is None:
            pieces.append(BREAK)
        elif node.is_text_node:
            pieces.append(node.text_content or "")
        elif node.tag == "a" and (link := node.attributes.get("href")):
            links.add(_canonical(url, link))
    lines = filter(None, map(plain, "".join(pieces).split(BREAK)))
    return Page(tuple(lines), frozenset(links), labels)


def written(markup: str) -> str:
    """Return all that is written in a page without spaces, shown or not, also to scripts."""
    return plain(unescape(TAG.sub("", markup)))


def _seen(root: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode | None]:
    """Yield what a person would see below `root`, in reading order; nothing where a line ends."""
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is not None and node.is_element_node:
            gone = node.mem_id in hidden or look(node.tag or "", node.attributes, Look()).gone
            if gone or node.tag in UNSHOWN:
                continue
            if node.tag in BREAKING:
                yield None
                waiting.append(None)
        yield node
        waiting.extend(reversed(_children(node)))


def _children(node: LexborNode | None) -> list[LexborNode]:
    children, child = [], node and node.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def leads_to(page: Page, address: str) -> bool:
    """Say whether a page has a link to an address, by either scheme."""
    return _canonical(address, address) in page.links


def _canonical(base: str, link: str) -> str:
    """Return where a link leads, without its scheme, place on the page and last stroke."""
    try:
        whole = urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return ""
    return whole.partition("://")[2].rstrip("/")
