"""What syndication does when time has passed."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime

from services.content.syndication import adapters
from services.content.syndication.commands import directing, subscribing
from services.content.syndication.models import Delivery, Obligation, Subscription
from services.content.syndication.retry import GONE
from services.content.syndication.signature import secret_of, sign
from shared.auth import system
from shared.db import Sessions
from shared.outbound import Outside
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(sessions: Sessions, begin: BeginAs, key: str, outside: Outside) -> Sequence[Task]:
    """Return the clocks of syndication: deadlines that pass, messages that are due."""

    async def miss_deadlines(now: datetime) -> int:
        due = await claim(sessions, Obligation, now)
        for obligation in due:
            async with begin(CLOCK, f"obligation:{obligation.id}") as uow:
                await directing.miss_deadline(uow, obligation.id)
        return len(due)

    async def deliver(delivery: Delivery, now: datetime) -> None:
        async with sessions() as session:
            to = await session.get_one(Subscription, delivery.subscription_id)
        secret = secret_of(key, to.id, to.generation)
        headers = sign(secret, delivery.event_id, now, delivery.payload)
        status: int | None = GONE
        if to.active:
            status = await adapters.post(to.url, delivery.payload, headers, outside)
        async with begin(CLOCK, f"delivery:{delivery.id}") as uow:
            chance = random.random()  # noqa: S311  # spreads retries, protects nothing
            await subscribing.record_attempt(uow, delivery.id, status, chance=chance)

    async def deliver_messages(now: datetime) -> int:
        due = await claim(sessions, Delivery, now)
        await asyncio.gather(*(deliver(delivery, now) for delivery in due))
        return len(due)

    return [Task("miss-deadlines", miss_deadlines), Task("deliver-messages", deliver_messages)]
