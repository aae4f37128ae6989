"""Whether a copy is gone from a page, or put right there, and when that counts as proved."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.matching import (
    Edition,
    Found,
    compare,
    look_for_link,
    remnant,
)
from services.content.syndication.verification.page import Page, decode, plain, written
from services.content.syndication.verification.receipt import Answered, Known, opened
from shared.contracts.binding import Ask
from shared.contracts.recalls import CopyState
from shared.contracts.receipts import PageFault, PageVerdict

STANDING = frozenset({PageVerdict.SAME, PageVerdict.DIVERGED})
"""What a page that is to show nothing of a text must not be found to show."""


class Sought(NamedTuple):
    """What a page is searched for: the former editions, and the one that may stand there.

    `seen` says that a reading once met the text there.
    """

    ask: Ask
    former: Sequence[Edition]
    wanted: Edition | None = None
    seen: bool = False


def look_for_copy(answered: Answered, sought: Sought) -> Found:
    """Return what an answer proves of a copy: same as wanted, still there in part, or absent."""
    page = opened(answered)
    if isinstance(page, Found):
        return page
    if not sought.former:
        return Found(PageVerdict.UNREAD, PageFault.NO_EDITION)
    if not page.text:
        return Found(PageVerdict.UNREAD, PageFault.BLANK)
    found = _look(page, answered, sought)
    if found.verdict is not PageVerdict.ABSENT or sought.seen or _says_so(page):
        return found
    return Found(PageVerdict.UNREAD, PageFault.NEVER_SEEN)


def stands(verdict: PageVerdict | None, *, wanted: bool) -> bool:
    """Say whether a reading met what should be there no more; the wanted edition may be."""
    return verdict in STANDING and not (wanted and verdict is PageVerdict.SAME)


def state_of(judged: PageVerdict, before: CopyState, *, wanted: bool) -> CopyState:
    """Return where a judgement leads: what was proved and stands again has returned."""
    if not stands(judged, wanted=wanted):
        return CopyState.PROVED
    return CopyState.OWED if before is CopyState.OWED else CopyState.RETURNED


def next_look(known: Known, state: CopyState, deadline: datetime, now: datetime) -> datetime:
    """Return when a page that was read is read again.

    Often until the deadline and at it; the longer a copy has been gone, the less often.
    """
    if known.suspected is not known.judged:
        return now + figures().apart
    if state is CopyState.PROVED:
        gone = now - (known.judged_at or now)
        least, most = figures().residual_days, figures().residual_most_days
        return now + min(max(gone, timedelta(days=least)), timedelta(days=most))
    if now < deadline:
        return min(now + timedelta(minutes=figures().recalled_minutes), deadline)
    return now + timedelta(hours=figures().wrong_hours)


def _look(page: Page, answered: Answered, sought: Sought) -> Found:
    if sought.ask is Ask.LINK:
        return look_for_link(page, sought.former)
    if sought.wanted is not None:
        put_right = compare(page, [sought.wanted])
        if put_right.verdict is not PageVerdict.ABSENT:
            return put_right
    markup = decode(answered.body, answered.content_type)
    still = _still_there(page, markup, sought)
    return still or Found(PageVerdict.ABSENT, PageFault.NO_TEXT)


def _says_so(page: Page) -> bool:
    """Say whether a page tells that something was taken down."""
    return any(plain(notice) in page.text for notice in figures().notices)


def _still_there(page: Page, markup: str, sought: Sought) -> Found | None:
    nearest = compare(page, sought.former)
    if nearest.verdict in STANDING:
        return _as_standing(nearest, sought)
    text = page.text + written(markup)
    for edition in sought.former:
        share = remnant(text, edition)
        if share >= figures().remnant_share:
            return Found(PageVerdict.DIVERGED, None, edition.content_hash, round(share, 4))
    return None


def _as_standing(found: Found, sought: Sought) -> Found:
    """Return a former edition as what it is: where another is wanted, not the same."""
    verdict = found.verdict if sought.wanted is None else PageVerdict.DIVERGED
    return found._replace(verdict=verdict)
