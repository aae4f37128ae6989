"""What the editorial office does when time has passed."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from services.content.editorial import models
from services.content.editorial.commands import noting, reading, rechecking, tasking
from services.content.editorial.link_reading import adapters
from services.content.editorial.link_reading import queries as links
from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.link_reading.dead_link import NEEDS_WITNESS, Reading, weigh
from services.content.editorial.link_reading.models import LinkHost, LinkReading
from services.content.editorial.queries import items as queries
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("editorial")
BATCH = 100
HOSTS = 20
WITNESSES = 3
LEASE = timedelta(minutes=5)
"""Longer than a link and then a witness can take."""

Read = Sequence[tuple[LinkReading, Reading]]


def tasks(sessions: Sessions, begin: BeginAs, reader: Reader | None) -> Sequence[Task]:
    """Return the clocks of the office; without a reader no link is read, and none is dead."""

    async def call_overdue(now: datetime) -> int:
        due = await claim(sessions, models.Task, now)
        for owed in due:
            async with begin(CLOCK, f"task:{owed.id}") as uow:
                await tasking.call_overdue(uow, owed.id)
        return len(due)

    async def check_again(now: datetime) -> int:
        due = await claim(sessions, models.Recheck, now, most=1)
        for run in due:
            async with sessions() as session:
                items = await queries.batch(session, run.after, BATCH, run.link_id)
                found = await rechecking.found_now(session, items, now)
            last = items[-1].id if len(items) == BATCH else None
            async with begin(CLOCK, f"recheck:{run.id}") as uow:
                await rechecking.record(uow, run.id, found, last)
        return len(due)

    async def forget_links(_: datetime) -> int:
        async with begin(CLOCK, "forget-links") as uow:
            return await noting.forget(uow)

    return [
        Task("call-tasks-overdue", call_overdue),
        Task("check-items-again", check_again),
        Task("forget-links", forget_links, every=timedelta(hours=1)),
        _reading(sessions, begin, reader) if reader else _not_reading(begin),
    ]


def _not_reading(begin: BeginAs) -> Task:
    async def unlearn(_: datetime) -> int:
        async with begin(CLOCK, "unlearn-links") as uow:
            return await noting.unlearn(uow)

    return Task("unlearn-links", unlearn, every=timedelta(minutes=1))


def _reading(sessions: Sessions, begin: BeginAs, reader: Reader) -> Task:
    async def read_links(now: datetime) -> int:
        hosts = await claim(sessions, LinkHost, now, lease=LEASE, most=HOSTS)
        if not hosts:
            return 0
        names = [host.host for host in hosts]
        async with sessions() as session:
            due = await links.due(session, names, now)
        read = await _read(reader, list(due.values()), now)
        if any(found.found in NEEDS_WITNESS for _, found in read):
            async with sessions() as session:
                others = await links.witnesses(session, names, now, WITNESSES)
            read = [*read, *await _read(reader, others, now)]
        for link, found in _weighed(read):
            async with begin(CLOCK, f"link:{link.id}") as uow:
                await reading.record(uow, link.host, link.id, found)
        for name in set(names) - due.keys():
            async with begin(CLOCK, f"link-host:{name}") as uow:
                await reading.record(uow, name)
        return len(hosts)

    return Task("read-links", read_links)


async def _read(reader: Reader, due: Sequence[LinkReading], now: datetime) -> Read:
    found = await asyncio.gather(*(adapters.read(reader, link.url, now) for link in due))
    return list(zip(due, found, strict=True))


def _weighed(read: Read) -> Read:
    told = [(link.url, found) for link, found in read]
    return [(link, weigh(found, link.url, told)) for link, found in read]
