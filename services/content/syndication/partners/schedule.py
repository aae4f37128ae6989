"""When messages are sent to subscribers."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime

from services.content.syndication.partners import adapters
from services.content.syndication.partners.commands import delivering
from services.content.syndication.partners.commands.delivering import Leased
from services.content.syndication.partners.queries import delivering as queries
from services.content.syndication.partners.signature import secrets_at, sign
from shared.auth import system
from shared.db import Sessions
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs

CLOCK = system("syndication")
MOST_UNDER_WAY = 50
SOON = 0.25
"""Seconds after which messages that wait need not wait for a slow subscriber."""


def tasks(
    sessions: Sessions, begin: BeginAs, key: str, outside: Outside, *, soon: float = SOON
) -> Sequence[Task]:
    """Return the clock that delivers messages, signed with secrets derived from the key."""
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

    return [Task("deliver-messages", deliver_messages)]


async def _end(under_way: set[asyncio.Task[None]]) -> None:
    """Leave what is under way to its lease."""
    for each in under_way:
        each.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    under_way.clear()
