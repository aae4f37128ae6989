"""When a repost counts as verified or diverged: two readings, apart in time, found it so."""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any, NamedTuple

from pydantic import AnyHttpUrl

from services.content.editorial.importing.nesting import TangledMarkup
from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.matching import (
    Edition,
    Found,
    compare,
    look_for_link,
)
from services.content.syndication.verification.page import Page, decode, read_page
from shared.contracts.binding import Ask
from shared.contracts.directives import ObligationState
from shared.contracts.origin import Fidelity
from shared.contracts.receipts import PageFault, PageVerdict
from shared.problem import Fault, Invalid

NO_REST = timedelta()

STATES = {
    PageVerdict.SAME: ObligationState.LIVE_VERIFIED,
    PageVerdict.DIVERGED: ObligationState.DIVERGED,
    PageVerdict.ABSENT: ObligationState.LIVE_CLAIMED,
}
"""Where each judgement leads; whoever claims a page without the text goes on claiming."""


class Answered(NamedTuple):
    """What came of asking for a page, and how long its host asks to be left alone."""

    url: str
    seconds: float
    fault: PageFault | None = None
    status: int | None = None
    content_type: str | None = None
    body: bytes = b""
    rest: timedelta = NO_REST


class Known(NamedTuple):
    """What is known of a page: what it was found since when, what it was judged, and when."""

    suspected: PageVerdict | None = None
    since: datetime | None = None
    judged: PageVerdict | None = None
    judged_at: datetime | None = None


def check_place(url: AnyHttpUrl, domain: str, domains: Collection[str]) -> None:
    """Refuse a page that is not the site's own: of all domains, its own must be the nearest."""
    if url.username or url.password:
        raise Invalid([Fault("/url", "user_info", "网址中不得包含用户名或密码。")])
    host = url.host or ""
    home = _home(domain)
    nearer = (_home(other) for other in domains if len(_home(other)) > len(home))
    if not _is_within(host, home) or any(_is_within(host, other) for other in nearer):
        raise Invalid([Fault("/url", "other_site", f"网址须是本网站域名 {domain} 下的页面。")])


def _home(domain: str) -> str:
    """Return a site's domain as addresses write it, without the host that most sites stand on."""
    try:
        host = AnyHttpUrl(f"https://{domain}/").host or domain
    except ValueError:
        host = domain
    return host.lower().removeprefix("www.")


def _is_within(host: str, home: str) -> bool:
    return host == home or host.endswith(f".{home}")


def found_in(
    answered: Answered,
    ask: Ask,
    editions: list[Edition],
    fidelity: Fidelity = Fidelity.VERBATIM,
) -> Found:
    """Return what an answer proves of a repost; an answer that shows no page proves nothing."""
    page = opened(answered)
    if isinstance(page, Found):
        return page
    if ask is Ask.LINK:
        return look_for_link(page, editions)
    return compare(page, editions, fidelity)


def opened(answered: Answered) -> Page | Found:
    """Return the page that an answer shows, or what it proves if it shows none."""
    if answered.fault is not None:
        return Found(PageVerdict.UNREAD, answered.fault)
    if answered.status in figures().gone:
        return Found(PageVerdict.ABSENT, PageFault.GONE)
    if answered.status != HTTPStatus.OK:
        return Found(PageVerdict.UNREAD, PageFault.STATUS)
    try:
        return read_page(decode(answered.body, answered.content_type), answered.url)
    except TangledMarkup:
        return Found(PageVerdict.UNREAD, PageFault.TANGLED)


def evidence(answered: Answered, found: Found, now: datetime) -> dict[str, Any]:
    """Return what is kept of a reading."""
    return {
        "url": answered.url,
        "read_at": now,
        "verdict": found.verdict,
        "fault": found.fault,
        "status": answered.status,
        "seconds": answered.seconds,
        "body_hash": sha256(answered.body).hexdigest() if answered.body else None,
        "content_hash": found.content_hash,
        "matched": found.matched,
        "marks": found.marks.model_dump() if found.marks else None,
        "differences": [one.model_dump() for one in found.differences],
    }


def learn(known: Known, found: PageVerdict, now: datetime) -> Known:
    """Return what is known after a reading; one that did not get through neither adds nor clears.

    A reading that finds something else begins anew, and what was judged stands until two agree.
    """
    if found is PageVerdict.UNREAD:
        return known
    if found is not known.suspected or known.since is None:
        return known._replace(suspected=found, since=now)
    if found is not known.judged and now - known.since >= figures().apart:
        return known._replace(judged=found, judged_at=now)
    return known


def next_reading(
    known: Known, found: PageVerdict, now: datetime, unread_since: datetime | None
) -> datetime:
    """Return when a page is read again; the longer it cannot be read, the longer it is left."""
    wrong = timedelta(hours=figures().wrong_hours)
    if found is PageVerdict.UNREAD:
        waited = now - (unread_since or now)
        return now + min(max(waited, timedelta(minutes=figures().doubt_minutes)), wrong)
    if found is not known.judged:
        return now + figures().apart
    if found is PageVerdict.SAME:
        return now + timedelta(days=figures().verified_days)
    return now + wrong
