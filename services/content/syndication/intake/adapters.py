"""Asking an upstream feed, and the page of an entry."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import httpx

from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.link_reading.dead_link import NO_REST, read_rest
from services.content.syndication.intake.entry import Flaw
from services.content.syndication.intake.figures import figures
from services.content.syndication.intake.models import FeedStanding
from shared.contracts.upstream_feeds import FeedFault, FeedForm
from shared.destination import ForbiddenDestination
from shared.outbound import Answer, Call, NoAnswer, Unanswered, call
from shared.telemetry import log

FORMS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9"
PAGES = "text/html"
FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
REDIRECTS = FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?(\d{1,9})")
CHANGES_OF_A_CALL = "100"


@dataclass(frozen=True)
class Fetched:
    """What an address answered at the end of its redirects, and where it moved to for good."""

    url: str
    seconds: float
    flaw: Flaw | None = None
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    moved_to: str | None = None
    rest: timedelta = NO_REST

    def header(self, name: str) -> str | None:
        """Return a header of the answer, if it is one that can be kept."""
        value = (self.headers or {}).get(name)
        return value if value and len(value) <= 500 and value.isprintable() else None  # noqa: PLR2004  # no honest one is longer

    @property
    def max_age(self) -> int | None:
        """Return for how many seconds the answer holds, as it says itself."""
        found = MAX_AGE.search((self.header("Cache-Control") or "").lower())
        return int(found[1]) if found else None


async def ask_feed(reader: Reader, feed: FeedStanding, now: datetime) -> Fetched:
    """Ask a feed whether it says anything new; one that failed is read again in whole."""
    asked = {"Accept": FORMS, "Accept-Encoding": "gzip"}
    if not feed.failures and feed.etag:
        asked["If-None-Match"] = feed.etag
    if not feed.failures and feed.last_modified:
        asked["If-Modified-Since"] = feed.last_modified
    url = httpx.URL(feed.reads_at)
    if feed.form is FeedForm.CHANGES and feed.cursor:
        url = url.copy_merge_params({"since": feed.cursor, "first": CHANGES_OF_A_CALL})
    return await _fetch(reader, str(url), asked, figures().longest_feed, now)


async def ask_page(reader: Reader, url: str, now: datetime) -> Fetched:
    """Ask for the page of an entry."""
    return await _fetch(reader, url, {"Accept": PAGES}, figures().longest_page, now)


async def _fetch(
    reader: Reader, url: str, asked: Mapping[str, str], most: int, now: datetime
) -> Fetched:
    begun = time.perf_counter()

    def since() -> float:
        return round(time.perf_counter() - begun, 3)

    headers = {"User-Agent": reader.name, **asked}
    try:
        answer, moved_to = await _follow(reader, url, headers, most)
    except ForbiddenDestination:
        return Fetched(url, since(), Flaw(FeedFault.FORBIDDEN))
    except Unanswered as fault:
        log.info("feed.unanswered", url=url.partition("?")[0], why=fault.why)
        too_far = fault.why is NoAnswer.TOO_MANY_REDIRECTS
        why = FeedFault.TOO_MANY_REDIRECTS if too_far else FeedFault.NO_ANSWER
        return Fetched(url, since(), Flaw(why))
    return Fetched(
        answer.url,
        since(),
        _flaw(answer),
        answer.status,
        answer.body,
        answer.headers,
        moved_to,
        read_rest(answer.headers.get("Retry-After"), now),
    )


async def _follow(
    reader: Reader, url: str, headers: Mapping[str, str], most: int
) -> tuple[Answer, str | None]:
    """Follow redirects one by one: what is remembered ends before one that is not for good."""
    for_good, moved_to = True, None
    for _ in range(figures().redirects + 1):
        answer = await call(reader.outside, Call("GET", url, headers, most=most))
        leads_to = answer.headers.get("Location")
        if answer.status not in REDIRECTS or not leads_to:
            return answer, moved_to
        try:
            url = str(httpx.URL(url).join(leads_to))
        except httpx.InvalidURL as fault:
            raise Unanswered(NoAnswer.BROKEN) from fault
        for_good = for_good and answer.status in FOR_GOOD
        moved_to = url if for_good else moved_to
    raise Unanswered(NoAnswer.TOO_MANY_REDIRECTS)


def _flaw(answer: Answer) -> Flaw | None:
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return None
    if answer.status == HTTPStatus.GONE:
        return Flaw(FeedFault.GONE)
    if answer.status != HTTPStatus.OK:
        return Flaw(FeedFault.STATUS)
    return None if answer.is_whole else Flaw(FeedFault.TOO_LONG)
