"""An entry as its feed tells it, and how its text is read."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from services.content.editorial.document import (
    INVISIBLE,
    DocumentTooLong,
    UnreadableDocument,
    read_document,
)
from services.content.editorial.importing.nesting import TangledMarkup
from services.content.editorial.importing.web_page import read_html
from services.content.syndication.intake.figures import figures
from services.content.syndication.verification.page import plain
from shared.contracts.upstream_feeds import BadEntry, FeedFault, FeedForm
from shared.destination import SCHEMES

LONGEST_TITLE = 300
LONGEST_ADDRESS = 500
LONGEST_SUMMARY = 2_000
LONGEST_KEY = 500
CHINA = ZoneInfo("Asia/Shanghai")
YEARS = range(1949, 2200)
MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
SPACES = re.compile(r"\s+")


class Told(NamedTuple):
    """An entry of a feed; without a text if the feed carries none, or none that is whole."""

    key: str
    title: str
    url: str | None = None
    author: str | None = None
    source: str | None = None
    categories: Sequence[str] = ()
    published_at: datetime | None = None
    text: str | None = None
    summary: str | None = None
    doc_no: str | None = None
    written_on: date | None = None
    index_no: str | None = None
    hops: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """What it says: another digest is another state of the same entry."""
        said = (self.title, self.text or "", self.summary or "", self.doc_no or "")
        return sha256("\x00".join(map(plain, said)).encode()).hexdigest()


class Flaw(NamedTuple):
    """What is wrong with a feed, and where its text breaks, if it does."""

    fault: FeedFault
    line: int | None = None
    column: int | None = None


class Parsed(NamedTuple):
    """What a feed says: its entries, those withdrawn, what was wrong, and how it is to be read."""

    form: FeedForm | None
    entries: Sequence[Told] = ()
    withdrawn: Sequence[str] = ()
    bad: Sequence[BadEntry] = ()
    flaw: Flaw | None = None
    ttl_minutes: int | None = None
    cursor: str | None = None
    has_more: bool = False


class Text(NamedTuple):
    """The text of an entry, and what its head says."""

    body: str
    doc_no: str | None = None
    written_on: date | None = None


def believable(at: datetime | None) -> datetime | None:
    """Return a moment that a text can be of; one without a zone is told in Beijing's time."""
    if at is None or at.year not in YEARS:
        return None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def clean(text: str | None) -> str | None:
    """Return a text without the characters nobody typed, and no database keeps."""
    return INVISIBLE.sub("", text or "").strip() or None


def line(markup: str | None, most: int = LONGEST_TITLE) -> str:
    """Return what is one line of plain text, though feeds may write it as markup."""
    text = markup or ""
    if MARKUP.search(text):
        text = LexborHTMLParser(text[: most * 20]).text()
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()[:most]


def summarized(markup: str | None) -> str | None:
    """Return what a feed says of a text in few words, if it does."""
    return line(markup, LONGEST_SUMMARY) or None


def address(link: str | None) -> str | None:
    """Return a link in the one form by which entries are compared; what is no address is none."""
    if not link or len(link) > LONGEST_ADDRESS or INVISIBLE.search(link):
        return None
    try:
        parts = urlsplit(urldefrag(link.strip()).url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or not host or SPACES.search(parts.geturl()):
        return None
    at = f":{port}" if port and port != SCHEMES[parts.scheme.lower()] else ""
    host = f"[{host}]" if ":" in host else host
    asked = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme.lower()}://{host}{at}{parts.path or '/'}{asked}"


def same_address(url: str) -> str:
    """Return an address without its scheme and last stroke, which mean nothing."""
    return url.partition("://")[2].rstrip("/")


def text_in_feed(markup: str | None) -> Text | None:
    """Return a text that a feed carries, as it stands there; its head is only looked at."""
    if not markup or not markup.strip():
        return None
    try:
        body = read_html(markup).text if MARKUP.search(markup) else INVISIBLE.sub("", markup)
        if len(body.strip()) < figures().shortest_text:
            return None
        head = read_document(body)
    except (TangledMarkup, UnreadableDocument, DocumentTooLong):
        return None
    return Text(body.strip(), head.doc_no, head.written_on)


def text_on_page(markup: str, title: str) -> Text | None:
    """Return the text of an entry's page without its chrome; a page without the title has none."""
    try:
        shown = read_html(markup).text
        if plain(title) not in plain(shown):
            return None
        found = read_document(shown)
    except (TangledMarkup, UnreadableDocument, DocumentTooLong):
        return None
    if len(found.body) < figures().shortest_text:
        return None
    return Text(found.body, found.doc_no, found.written_on)
