"""What syndication does when time has passed."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication import adapters
from services.content.syndication.commands import delivering, directing, judging
from services.content.syndication.commands.delivering import Leased
from services.content.syndication.commands.judging import Read
from services.content.syndication.models import Obligation
from services.content.syndication.queries import delivering as queries
from services.content.syndication.queries import verifying
from services.content.syndication.queries.verifying import ClaimedPage
from services.content.syndication.signature import secrets_at, sign
from services.content.syndication.verification import adapters as pages
from services.content.syndication.verification.models import PageHost
from services.content.syndication.verification.receipt import found_in
from shared.auth import system
from shared.db import Sessions
from shared.outbound import Outside
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")
HOSTS = 20
LEASE = timedelta(minutes=5)
"""Longer than a page can take."""

MOST_UNDER_WAY = 50
SOON = 0.25
"""Seconds after which messages that wait need not wait for a slow subscriber."""


def tasks(
    sessions: Sessions,
    begin: BeginAs,
    key: str,
    outside: Outside,
    reader: Reader | None = None,
    *,
    soon: float = SOON,
) -> Sequence[Task]:
    """Return the clocks of syndication; without a reader no page is read, and none is judged."""

    async def miss_deadlines(now: datetime) -> int:
        due = await claim(sessions, Obligation, now)
        for obligation in due:
            async with begin(CLOCK, f"obligation:{obligation.id}") as uow:
                await directing.miss_deadline(uow, obligation.id)
        return len(due)

    under_way: set[asyncio.Task[None]] = set()

    async def deliver(leased: Leased, now: datetime) -> None:
        delivery, to = leased
        secrets = secrets_at(key, to.id, to.generation, to.former_secret_until, now)
        async with sessions() as session:
            payload = await queries.payload_of(session, delivery, to)
        headers = sign(secrets, delivery.event_id, now, payload)
        reply = await adapters.post(to.url, payload, headers, outside)
        async with begin(CLOCK, f"delivery:{delivery.id}") as uow:
            chance = random.random()  # noqa: S311  # spreads retries, protects nothing
            await delivering.record_attempt(uow, leased, reply, now, chance=chance)

    async def deliver_messages(now: datetime) -> int:
        """Fill up what is under way, and look again when all of it has come back, or soon."""
        if (free := MOST_UNDER_WAY - len(under_way)) > 0:
            taken = await delivering.take(sessions, now, most=free)
            under_way.update(asyncio.ensure_future(deliver(leased, now)) for leased in taken)
        if not under_way:
            return 0
        try:
            back, _ = await asyncio.wait(under_way, timeout=soon)
        except asyncio.CancelledError:
            await _end(under_way)
            raise
        under_way.difference_update(back)
        for each in back:
            each.result()
        return len(back)

    return [
        Task("miss-deadlines", miss_deadlines),
        Task("deliver-messages", deliver_messages),
        *([_reading(sessions, begin, reader)] if reader else []),
    ]


async def _end(under_way: set[asyncio.Task[None]]) -> None:
    """Leave what is under way to its lease."""
    for each in under_way:
        each.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    under_way.clear()


def _reading(sessions: Sessions, begin: BeginAs, reader: Reader) -> Task:
    async def read(owed: Obligation, page: ClaimedPage, now: datetime) -> Read:
        answered = await pages.ask(reader, page.url, now)
        ask = owed.directive.ask
        found = await asyncio.to_thread(found_in, answered, ask, page.editions)
        return Read(owed.id, page.url, answered, found)

    async def read_pages(now: datetime) -> int:
        hosts = await claim(sessions, PageHost, now, lease=LEASE, most=HOSTS)
        if not hosts:
            return 0
        async with sessions() as session:
            owed = await verifying.due(session, [row.host for row in hosts], now)
            claimed = await verifying.pages(session, list(owed.values()))
        found = await asyncio.gather(*(read(one, claimed[one.id], now) for one in owed.values()))
        of_host = dict(zip(owed, found, strict=True))
        for row in hosts:
            async with begin(CLOCK, f"page-host:{row.host}") as uow:
                await judging.record(uow, row.host, of_host.get(row.host))
        return len(hosts)

    return Task("read-pages", read_pages)
