"""Reading RSS and Atom, as they are really written."""

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import Any

import feedparser

from services.content.syndication.intake.encoding import decoded
from services.content.syndication.intake.entry import (
    CHINA,
    LONGEST_KEY,
    Flaw,
    Parsed,
    Told,
    address,
    believable,
    clean,
    line,
    summarized,
    text_in_feed,
)
from services.content.syndication.intake.figures import figures
from shared.contracts.upstream_feeds import BadEntry, FeedFault, FeedForm

ELEMENT = re.compile(rb"<[^<>!?][^<>]*")
QUOTED, UNQUOTED = b"<![CDATA[", b"]]>"
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# A time that names no zone is told in Beijing's, and CST means China here, not Chicago.
NAMED_NO_ZONE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?"
)
OF_CHINA = re.compile(r".*\d{1,2}:\d{2}(?::\d{2})?(?:\s+CST)?", re.DOTALL)
BEGINNING = 2_000
GARBLED = "\ufffd"
LONGEST_TTL = 10_080


def parse_xml(body: bytes, content_type: str | None, here: str) -> Parsed:
    """Read a feed; of one whose XML is broken what could still be read, without its texts."""
    utf8, flaw = _plain(body, content_type)
    if flaw is not None:
        return Parsed(None, flaw=flaw)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": here}
    read = feedparser.parse(io.BytesIO(utf8), response_headers=headers, sanitize_html=False)
    broken = _broken(read.get("bozo_exception"))
    form = FeedForm.ATOM if read.version.startswith("atom") else FeedForm.RSS
    if not read.version:
        return Parsed(None, flaw=_no_feed(utf8, broken))
    too_many = len(read.entries) > figures().most_entries
    taken = list(enumerate(read.entries[: figures().most_entries], 1))
    wrong = {place: why for place, entry in taken if (why := _wrong(_title(entry)))}
    bad = [BadEntry(place=place, message=why) for place, why in wrong.items()]
    fault = FeedFault.TOO_MANY_ENTRIES if too_many else FeedFault.BAD_ENTRIES if bad else None
    flaw = broken or (Flaw(fault) if fault else None)
    told = [_told(one, is_whole=broken is None) for place, one in taken if place not in wrong]
    return Parsed(form, told, (), bad, flaw, _ttl(read.feed.get("ttl")))


def _plain(body: bytes, content_type: str | None) -> tuple[bytes, Flaw | None]:
    """Return a feed as UTF-8, or why no parser is let near it."""
    utf8 = decoded(body, content_type).encode(errors="replace")
    if not utf8.strip():
        return b"", Flaw(FeedFault.NOT_A_FEED)
    if ENTITY.search(utf8):
        return b"", Flaw(FeedFault.ENTITIES)
    return utf8, Flaw(FeedFault.TANGLED) if _is_tangled(utf8) else None


def _is_tangled(utf8: bytes) -> bool:
    """Say whether a parser would take the square of it: attributes by the hundred, or depth."""
    most, deepest, depth = figures().most_attributes, figures().deepest, 0
    for element in ELEMENT.finditer(_unquoted(utf8)):
        tag = element[0]
        depth += -1 if tag[1:2] == b"/" else 0 if tag.endswith(b"/") else 1
        depth = max(depth, 0)
        if depth > deepest or tag.count(b"=") > most:
            return True
    return False


def _unquoted(utf8: bytes) -> bytes:
    """Return a feed without what it quotes, as far as quotes end; in one walk."""
    pieces, here = [], 0
    while (begin := utf8.find(QUOTED, here)) >= 0 and (end := utf8.find(UNQUOTED, begin)) >= 0:
        pieces.append(utf8[here:begin])
        here = end + len(UNQUOTED)
    return b"".join([*pieces, utf8[here:]])


def _broken(fault: Exception | None) -> Flaw | None:
    """Return where the XML breaks; a wrong label of the encoding breaks nothing."""
    place = getattr(fault, "getLineNumber", None)
    if fault is None or place is None:
        return None
    return Flaw(FeedFault.BROKEN_XML, place(), fault.getColumnNumber() + 1)  # type: ignore[attr-defined]  # of SAXParseException


def _no_feed(utf8: bytes, broken: Flaw | None) -> Flaw:
    is_page = re.search(rb"<(?:!doctype\s+)?html\b", utf8[:BEGINNING], re.IGNORECASE)
    is_feed = re.search(rb"<(?:rss|feed|rdf:RDF)\b", utf8[:BEGINNING])
    return broken if broken and is_feed and not is_page else Flaw(FeedFault.NOT_A_FEED)


def _title(entry: Mapping[str, Any]) -> str:
    return line(entry.get("title"))


def _wrong(title: str) -> str | None:
    if not title:
        return "没有标题。"
    return "标题含有无法识别的字符，请核对信息源的编码。" if GARBLED in title else None


def _told(entry: Mapping[str, Any], *, is_whole: bool) -> Told:
    title, url = _title(entry), address(entry.get("link"))
    source = entry.get("source") or {}
    written = [one.get("value") for one in entry.get("content") or ()]
    longest = max(filter(None, written), key=len, default="")
    text = text_in_feed(longest) if is_whole and GARBLED not in longest else None
    from_source = address(next(_links(source), None))
    return Told(
        key=(clean(entry.get("id")) or url or title)[:LONGEST_KEY],
        title=title,
        url=url,
        author=line(entry.get("author")) or None,
        source=line(source.get("title")) or None,
        categories=[line(tag.get("term")) for tag in (entry.get("tags") or ())[:50]],
        published_at=believable(_moment(entry, "published") or _moment(entry, "updated")),
        text=text.body if text else None,
        summary=summarized(entry.get("summary")),
        doc_no=text.doc_no if text else None,
        written_on=text.written_on if text else None,
        hops=list(dict.fromkeys(filter(None, (from_source, url)))),
    )


def _links(source: Mapping[str, Any]) -> Iterator[str]:
    for name in ("href", "url", "link", "id"):
        if isinstance(found := source.get(name), str):
            yield found


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    said = dict(entry)  # as it stands: asked itself, an entry lends one moment for another
    told, parsed = said.get(name), said.get(f"{name}_parsed")
    written = str(told or "").strip()
    try:
        if bare := NAMED_NO_ZONE.fullmatch(written):
            year, month, day, hour, minute, second = (int(part or 0) for part in bare.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
        if OF_CHINA.fullmatch(written) and (fields := parsedate_tz(written)):
            year, month, day, hour, minute, second = fields[:6]
            return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _ttl(told: object) -> int | None:
    text = str(told or "")
    return min(int(text[:6]), LONGEST_TTL) if text.isascii() and text.isdigit() else None
