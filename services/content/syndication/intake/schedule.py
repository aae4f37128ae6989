"""When upstream feeds are asked, and the pages of their entries read."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.intake import adapters
from services.content.syndication.intake.adapters import Fetched
from services.content.syndication.intake.commands import polling, settling
from services.content.syndication.intake.commands.polling import Polled
from services.content.syndication.intake.commands.settling import PageRead
from services.content.syndication.intake.entry import text_on_page
from services.content.syndication.intake.figures import figures
from services.content.syndication.intake.models import FeedStanding, UpstreamEntry
from services.content.syndication.intake.parsing import parse
from services.content.syndication.intake.queries import entries as queries
from services.content.syndication.intake.queries import feeds
from services.content.syndication.intake.wording import EntryFault
from services.content.syndication.verification.page import decode
from shared.auth import system
from shared.contracts.upstream_feeds import FeedFault
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")
FEEDS = 20
LEASE = timedelta(minutes=5)
"""Longer than a feed with all its redirects can take."""

PAGE_FAULTS = {
    FeedFault.FORBIDDEN: EntryFault.FORBIDDEN,
    FeedFault.TOO_LONG: EntryFault.TOO_LONG,
    FeedFault.STATUS: EntryFault.STATUS,
    FeedFault.GONE: EntryFault.STATUS,
}


def tasks(sessions: Sessions, begin: BeginAs, reader: Reader | None) -> Sequence[Task]:
    """Return the clocks that take entries in; without a reader no feed is asked."""
    if reader is None:
        return []
    return [_polling(sessions, begin, reader), _settling(sessions, begin, reader)]


def _polling(sessions: Sessions, begin: BeginAs, reader: Reader) -> Task:
    async def poll(standing: FeedStanding, now: datetime) -> Polled:
        fetched = await adapters.ask_feed(reader, standing, now)
        if fetched.flaw is not None or fetched.status != HTTPStatus.OK:
            return Polled(standing.reads_at, fetched)
        kind = fetched.header("Content-Type")
        parsed = await asyncio.to_thread(parse, fetched.body, kind, fetched.url)
        return Polled(standing.reads_at, fetched, parsed)

    async def poll_feeds(now: datetime) -> int:
        due = await claim(sessions, FeedStanding, now, lease=LEASE, most=FEEDS)
        if not due:
            return 0
        asked, others = _one_of_each({row.id: row.host for row in due})
        async with sessions.begin() as session:
            await feeds.put_off(session, others, now + figures().of_host)
        rows = [row for row in due if row.id in asked]
        read = await asyncio.gather(*(poll(row, now) for row in rows))
        for row, polled in zip(rows, read, strict=True):
            chance = random.random()  # noqa: S311  # spreads polls, protects nothing
            async with begin(CLOCK, f"feed:{row.id}") as uow:
                await polling.record(uow, row.id, polled, chance=chance)
        return len(rows)

    return Task("poll-feeds", poll_feeds)


def _settling(sessions: Sessions, begin: BeginAs, reader: Reader) -> Task:
    async def read_page(entry: UpstreamEntry, now: datetime) -> PageRead:
        fetched = await adapters.ask_page(reader, entry.url or "", now)
        if fetched.flaw is not None or fetched.status != HTTPStatus.OK:
            return PageRead(fault=_fault(fetched), status=fetched.status)
        markup = decode(fetched.body, fetched.header("Content-Type"))
        text = await asyncio.to_thread(text_on_page, markup, entry.title)
        return PageRead(text, None if text else EntryFault.NO_TEXT)

    async def settle_entries(now: datetime) -> int:
        due = await claim(sessions, UpstreamEntry, now, lease=LEASE, most=FEEDS)
        if not due:
            return 0
        async with sessions() as session:
            since = await queries.since_of_feeds(session, {entry.feed_id for entry in due})
        unread = {entry.id: entry for entry in due if _needs_page(entry, since[entry.feed_id])}
        asked, others = _one_of_each(
            {each: urlsplit(entry.url or "").hostname or "" for each, entry in unread.items()}
        )
        async with sessions.begin() as session:
            await queries.put_off(session, others, now + figures().of_host)
        read = await asyncio.gather(*(read_page(unread[each], now) for each in asked))
        pages = dict(zip(asked, read, strict=True))
        settled = [entry for entry in due if entry.id not in others]
        for entry in settled:
            async with begin(CLOCK, f"entry:{entry.id}") as uow:
                await settling.settle_entry(uow, entry.id, pages.get(entry.id))
        return len(settled)

    return Task("settle-entries", settle_entries)


def _needs_page(entry: UpstreamEntry, since: datetime) -> bool:
    is_old = entry.published_at is not None and entry.published_at < since
    return entry.text is None and entry.url is not None and not is_old


def _one_of_each(hosts: Mapping[UUID, str]) -> tuple[list[UUID], set[UUID]]:
    """Return one of each host, the first, and the others, which wait."""
    first: dict[str, UUID] = {}
    for each, host in hosts.items():
        first.setdefault(host, each)
    return [*first.values()], set(hosts) - set(first.values())


def _fault(fetched: Fetched) -> EntryFault:
    fault = fetched.flaw.fault if fetched.flaw else FeedFault.STATUS
    return PAGE_FAULTS.get(fault, EntryFault.NO_ANSWER)
