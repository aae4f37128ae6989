"""When messages are sent to subscribers."""

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
from shared.schedule import Task, filled
from shared.uow import BeginAs

CLOCK = system("syndication")
JSON = {"Content-Type": "application/json"}
MOST_UNDER_WAY = 50
SOON = 0.25
"""Seconds after which messages that wait need not wait for a slow subscriber."""


def tasks(
    sessions: Sessions, begin: BeginAs, key: str, outside: Outside, *, soon: float = SOON
) -> Sequence[Task]:
    """Return the clock that delivers messages, signed with secrets derived from the key."""

    async def deliver(leased: Leased, now: datetime) -> None:
        delivery, to = leased
        secrets = secrets_at(key, to.id, to.generation, to.former_secret_until, now)
        async with sessions() as session:
            payload = await queries.payload_of(session, delivery, to)
        headers = sign(secrets, delivery.event_id, now, payload)
        reply = await adapters.post(to.url, payload.encode(), headers | JSON, outside)
        async with begin(CLOCK, f"delivery:{delivery.id}") as uow:
            chance = random.random()  # noqa: S311  # spreads retries, protects nothing
            await delivering.record_attempt(uow, leased, reply, now, chance=chance)

    async def take(now: datetime, most: int) -> Sequence[Leased]:
        return await delivering.take(sessions, now, most=most)

    return [Task("deliver-messages", filled(take, deliver, most=MOST_UNDER_WAY, soon=soon))]
