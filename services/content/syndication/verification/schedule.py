"""When the pages of reposts and copies are read."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

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
from shared.schedule import Task, claim, filled
from shared.uow import BeginAs

CLOCK = system("syndication")
HOSTS = 50
LEASE = timedelta(minutes=5)
"""Longer than a page can take."""
SOON = 0.25
"""Seconds after which hosts that wait need not wait for a slow one."""


class Turn(NamedTuple):
    """A host whose turn it is, and how the page of it that has been due longest is read."""

    host: str
    read: Callable[[datetime], Awaitable[Read | ReadCopy]] | None


def tasks(
    sessions: Sessions, begin: BeginAs, reader: Reader | None, *, soon: float = SOON
) -> Sequence[Task]:
    """Return the clock that reads pages; without a reader none is read, and none is judged."""
    return [_reading(sessions, begin, reader, soon)] if reader else []


def _one_of_each(
    copies: Mapping[str, Copy], owed: Mapping[str, Obligation], now: datetime
) -> tuple[Mapping[str, Copy], Mapping[str, Obligation]]:
    """Leave each host one page: of a copy and a claimed one, that which has been due longer."""
    since = {host: one.claim.due_at or now for host, one in owed.items() if one.claim}
    later = {host for host, copy in copies.items() if since.get(host, now) < (copy.due_at or now)}
    return (
        {host: copy for host, copy in copies.items() if host not in later},
        {host: one for host, one in owed.items() if host in later or host not in copies},
    )


def _reading(sessions: Sessions, begin: BeginAs, reader: Reader, soon: float) -> Task:
    async def read(owed: Obligation, page: ClaimedPage, now: datetime) -> Read:
        answered = await pages.ask(reader, page.url, now)
        ask = owed.directive.ask
        found = await asyncio.to_thread(found_in, answered, ask, page.editions, page.fidelity)
        return Read(owed.id, page.url, answered, found)

    async def search(copy: Copy, page: SoughtPage, now: datetime) -> ReadCopy:
        answered = await pages.ask(reader, page.url, now)
        found = await asyncio.to_thread(look_for_copy, answered, page.sought)
        return ReadCopy(copy.id, answered, found)

    judging_one = asyncio.Lock()

    async def take(now: datetime, most: int) -> Sequence[Turn]:
        hosts = await claim(sessions, PageHost, now, lease=LEASE, most=most)
        if not hosts:
            return []
        async with sessions() as session:
            names = [row.host for row in hosts]
            copies, owed = _one_of_each(
                await queries.copies_due(session, names, now),
                await queries.due(session, names, now),
                now,
            )
            sought = await queries.sought(session, copies.values())
            claimed = await queries.pages(session, list(owed.values()))
        how: dict[str, Callable[[datetime], Awaitable[Read | ReadCopy]]] = {
            **{host: partial(search, one, sought[one.id]) for host, one in copies.items()},
            **{host: partial(read, one, claimed[one.id]) for host, one in owed.items()},
        }
        return [Turn(name, how.get(name)) for name in names]

    async def serve(turn: Turn, now: datetime) -> None:
        found = await turn.read(now) if turn.read else None
        # To judge takes no waiting, so nothing is gained by judging several side by side.
        async with judging_one, begin(CLOCK, f"page-host:{turn.host}") as uow:
            await judging.record(uow, turn.host, found)

    return Task("read-pages", filled(take, serve, most=HOSTS, soon=soon))
