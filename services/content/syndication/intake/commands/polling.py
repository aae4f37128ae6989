"""Keeping what came of asking a feed, and taking its entries in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from services.content.syndication.intake import pace
from services.content.syndication.intake.adapters import Fetched
from services.content.syndication.intake.entry import Flaw, Parsed, Told
from services.content.syndication.intake.figures import figures
from services.content.syndication.intake.models import (
    FeedPoll,
    FeedStanding,
    UpstreamEntry,
    UpstreamFeed,
)
from services.content.syndication.intake.queries import feeds as queries
from services.content.syndication.intake.wording import QUIET, WITHDRAWN, told
from shared.contracts.upstream_entries import (
    EntryState,
    FormerText,
    TextFrom,
    UpstreamEntryChanged,
)
from shared.contracts.upstream_feeds import (
    FeedFault,
    FeedState,
    PollResult,
    UpstreamFeedTurned,
)
from shared.uow import UnitOfWork


class Polled(NamedTuple):
    """A feed that was asked: where, what was answered, and what that says if it could be read."""

    reads_at: str
    fetched: Fetched
    parsed: Parsed | None = None

    @property
    def flaw(self) -> Flaw | None:
        """What was wrong, if anything was."""
        return self.fetched.flaw or (self.parsed and self.parsed.flaw)

    @property
    def result(self) -> PollResult:
        """What came of it; a feed of which some entries could be read was read."""
        if self.fetched.flaw or (self.parsed and self.parsed.form is None):
            return PollResult.FAILED
        return PollResult.UNCHANGED if self.parsed is None else PollResult.READ


class Counted(NamedTuple):
    """How many entries of a poll were new, and how many had changed."""

    new: int = 0
    changed: int = 0


async def record(uow: UnitOfWork, feed_id: UUID, polled: Polled, *, chance: float) -> None:
    """Keep what came of asking a feed, take its entries in, and settle when it is asked again."""
    feed = await queries.feed_polled(uow.session, feed_id)
    standing = feed.standing
    standing.leased_until = None
    if standing.due_at is None or standing.reads_at != polled.reads_at:
        return  # ended, or changed meanwhile: what was read is another feed's
    parsed = polled.parsed
    counted = Counted()
    if polled.result is PollResult.READ and parsed is not None:
        counted = await _take_in(uow, feed, parsed)
    poll = _poll(uow, feed, polled, counted)
    uow.session.add(poll)
    standing.polled_at = uow.now
    if polled.result is PollResult.FAILED:
        _fail(uow, feed, poll, polled.fetched, chance)
    else:
        await _succeed(uow, feed, poll, polled, chance)
    keep = timedelta(days=figures().keep_days)
    await queries.forget_polls(uow.session, feed.id, uow.now - keep)
    rest = max(polled.fetched.rest, figures().of_host)
    await uow.session.flush()
    await queries.let_rest(uow.session, standing.host, uow.now + rest)


def _poll(uow: UnitOfWork, feed: UpstreamFeed, polled: Polled, counted: Counted) -> FeedPoll:
    fetched, parsed, flaw = polled.fetched, polled.parsed, polled.flaw
    bad = parsed.bad if parsed else ()
    return FeedPoll(
        feed_id=feed.id,
        at=uow.now,
        url=fetched.url,
        result=polled.result,
        fault=flaw.fault if flaw else None,
        message=told(flaw, figures(), status=fetched.status, bad=len(bad)),
        line=flaw.line if flaw else None,
        column=flaw.column if flaw else None,
        status=fetched.status,
        seconds=fetched.seconds,
        size=len(fetched.body),
        seen=len(parsed.entries) + len(bad) if parsed else 0,
        new=counted.new,
        changed=counted.changed,
        bad=[one.model_dump() for one in bad[:20]],
    )


def _fail(
    uow: UnitOfWork, feed: UpstreamFeed, poll: FeedPoll, fetched: Fetched, chance: float
) -> None:
    standing = feed.standing
    standing.failures += 1
    standing.fault, standing.message = poll.fault, poll.message
    if poll.fault is FeedFault.GONE:
        standing.due_at = None
        _turn(uow, feed, FeedState.GONE)
        return
    standing.due_at = uow.now + pace.after_failure(standing.failures, fetched.rest, chance)
    if pace.is_failing(standing.failures):
        _turn(uow, feed, FeedState.FAILING)


async def _succeed(
    uow: UnitOfWork, feed: UpstreamFeed, poll: FeedPoll, polled: Polled, chance: float
) -> None:
    standing, fetched, parsed = feed.standing, polled.fetched, polled.parsed
    standing.failures, standing.read_at = 0, uow.now
    if fetched.moved_to is not None:
        standing.reads_at = fetched.moved_to
        standing.host = urlsplit(fetched.moved_to).hostname or ""
    if parsed is not None:  # otherwise what was wrong still is
        standing.fault, standing.message = poll.fault, poll.message
        standing.form, standing.cursor = parsed.form, parsed.cursor or standing.cursor
        standing.ttl_minutes = parsed.ttl_minutes
        standing.etag = fetched.header("ETag")
        standing.last_modified = fetched.header("Last-Modified")
        await _note_rhythm(uow, standing, is_new=poll.new > 0)
    again = pace.after_success(
        standing.ttl_minutes,
        fetched.max_age,
        chance,
        has_more=parsed is not None and parsed.has_more,
    )
    standing.due_at = uow.now + max(again, fetched.rest)
    if pace.is_quiet(standing.newest_at, standing.usual_hours, uow.now):
        days = (uow.now - (standing.newest_at or uow.now)).days
        standing.message = standing.message if standing.fault else QUIET.format(days=days)
        _turn(uow, feed, FeedState.QUIET)
    else:
        _turn(uow, feed, FeedState.WORKING)


async def _note_rhythm(uow: UnitOfWork, standing: FeedStanding, *, is_new: bool) -> None:
    if not is_new:
        return
    await uow.session.flush()
    published = await queries.published(uow.session, standing.id, figures().rhythm_entries)
    gap = pace.usual_gap(published)
    standing.usual_hours = gap.total_seconds() / 3600 if gap is not None else None
    standing.newest_at = min(max(published, default=uow.now), uow.now)


def _turn(uow: UnitOfWork, feed: UpstreamFeed, state: FeedState) -> None:
    standing = feed.standing
    if standing.state is state:
        return
    standing.state = state
    uow.announce(
        UpstreamFeedTurned(
            feed_id=feed.id,
            organization=feed.organization,
            title=feed.title,
            state=state,
            fault=standing.fault,
            message=standing.message,
        )
    )


async def _take_in(uow: UnitOfWork, feed: UpstreamFeed, parsed: Parsed) -> Counted:
    entries = {told.key: told for told in reversed(parsed.entries)}
    keys = [*entries, *parsed.withdrawn]
    known = await queries.entries_keyed(uow.session, feed.id, keys)
    is_whole = parsed.flaw is None or parsed.flaw.fault is not FeedFault.BROKEN_XML
    new, changed = 0, 0
    for key, entry in reversed(entries.items()):
        if key not in known:
            uow.session.add(_entry(uow, feed, entry))
            new += 1
        elif is_whole and known[key].digest != entry.digest:
            _change(uow, known[key], entry)
            changed += 1
    _withdraw(uow, parsed, known)
    return Counted(new, changed)


def _entry(uow: UnitOfWork, feed: UpstreamFeed, entry: Told) -> UpstreamEntry:
    return UpstreamEntry(
        feed_id=feed.id,
        organization=feed.organization,
        seen_at=uow.now,
        due_at=uow.now,
        digest=entry.digest,
        key=entry.key,
        url=entry.url,
        author=entry.author,
        source=entry.source,
        categories=[*entry.categories],
        published_at=entry.published_at,
        index_no=entry.index_no,
        hops=[*entry.hops],
        former=[],
        **_said(entry),
    )


def _said(entry: Told) -> dict[str, object]:
    return {
        "title": entry.title,
        "text": entry.text,
        "text_from": TextFrom.FEED if entry.text else None,
        "summary": entry.summary,
        "doc_no": entry.doc_no,
        "written_on": entry.written_on,
    }


def _change(uow: UnitOfWork, known: UpstreamEntry, entry: Told) -> None:
    """Let an entry read as its feed has it now; what was made of it stays, for a person to see."""
    former = FormerText(title=known.title, digest=known.digest, until=uow.now)
    most = figures().former_texts
    known.former = [*known.former, former.model_dump(mode="json")][-most:]
    known.digest, known.withdrawn_at = entry.digest, None
    for name, value in _said(entry).items():
        setattr(known, name, value)
    if known.state is EntryState.WAITING:
        return
    known.changed = True
    if known.state is EntryState.TRAY:
        known.state, known.due_at, known.attempts = EntryState.WAITING, uow.now, 0
    _announce(uow, known)


def _withdraw(uow: UnitOfWork, parsed: Parsed, known: Mapping[str, UpstreamEntry]) -> None:
    told_again = {entry.key for entry in parsed.entries}
    for key in set(parsed.withdrawn) - told_again:
        entry = known.get(key)
        if entry is None or entry.withdrawn_at is not None:
            continue
        entry.withdrawn_at, entry.changed = uow.now, True
        if entry.state is EntryState.WAITING:
            entry.state, entry.due_at, entry.message = EntryState.DISMISSED, None, WITHDRAWN
            entry.settled_at, entry.settled_by = uow.now, uow.actor.id
        _announce(uow, entry)


def _announce(uow: UnitOfWork, entry: UpstreamEntry) -> None:
    uow.announce(
        UpstreamEntryChanged(
            entry_id=entry.id,
            feed_id=entry.feed_id,
            organization=entry.organization,
            title=entry.title,
            item_id=entry.item_id,
            withdrawn=entry.withdrawn_at is not None,
        )
    )
