"""When the pages of reposts and copies are read."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.directives.models import Obligation
from services.content.syndication.verification import adapters as pages
from services.content.syndication.verification import queries
from services.content.syndication.verification.absence import look_for_copy
from services.content.syndication.verification.commands import judging
from services.content.syndication.verification.commands.judging import Read
from services.content.syndication.verification.commands.tracing import ReadCopy
from services.content.syndication.verification.models import Copy, PageHost
from services.content.syndication.verification.queries import ClaimedPage, SoughtPage
from services.content.syndication.verification.receipt import found_in
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")
HOSTS = 100
LEASE = timedelta(minutes=5)
"""Longer than a page can take."""


def tasks(sessions: Sessions, begin: BeginAs, reader: Reader | None) -> Sequence[Task]:
    """Return the clock that reads pages; without a reader none is read, and none is judged."""
    return [_reading(sessions, begin, reader)] if reader else []


def _reading(sessions: Sessions, begin: BeginAs, reader: Reader) -> Task:
    async def read(owed: Obligation, page: ClaimedPage, now: datetime) -> Read:
        answered = await pages.ask(reader, page.url, now)
        ask = owed.directive.ask
        found = await asyncio.to_thread(found_in, answered, ask, page.editions, page.fidelity)
        return Read(owed.id, page.url, answered, found)

    async def search(copy: Copy, page: SoughtPage, now: datetime) -> ReadCopy:
        answered = await pages.ask(reader, page.url, now)
        found = await asyncio.to_thread(look_for_copy, answered, page.sought)
        return ReadCopy(copy.id, answered, found)

    async def read_pages(now: datetime) -> int:
        hosts = await claim(sessions, PageHost, now, lease=LEASE, most=HOSTS)
        if not hosts:
            return 0
        async with sessions() as session:
            names = [row.host for row in hosts]
            copies = await queries.copies_due(session, names, now)
            owed = await queries.due(session, [one for one in names if one not in copies], now)
            sought = await queries.sought(session, copies.values())
            claimed = await queries.pages(session, list(owed.values()))
        asked: list[Awaitable[Read | ReadCopy]] = [
            *(search(one, sought[one.id], now) for one in copies.values()),
            *(read(one, claimed[one.id], now) for one in owed.values()),
        ]
        found = await asyncio.gather(*asked)
        of_host = dict(zip([*copies, *owed], found, strict=True))
        for row in hosts:
            async with begin(CLOCK, f"page-host:{row.host}") as uow:
                await judging.record(uow, row.host, of_host.get(row.host))
        return len(hosts)

    return Task("read-pages", read_pages)
