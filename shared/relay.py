"""Deliver the outbox: at least once, in order per subject."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import StreamConfig
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from shared.cancelling import heed
from shared.db import Clock, Sessions
from shared.outbox import OutboxMessage
from shared.telemetry import DELIVERED, WAITING, log

Send = Callable[[OutboxMessage], Awaitable[None]]

STREAM = "ZHENGBU"
TOPICS = "zhengbu.events"
KEPT_ON_THE_BUS = timedelta(days=7)
BATCH = 100
IDLE = 0.1
LONGEST_PAUSE = timedelta(minutes=5)

earlier = aliased(OutboxMessage)

# A message waits for every earlier one on its subject, even one another relay holds.
# So subjects move in parallel, and a poisoned message stops only its own subject.
due = (
    select(OutboxMessage)
    .where(
        OutboxMessage.delivered_at.is_(None),
        ~exists().where(
            earlier.subject == OutboxMessage.subject,
            earlier.position < OutboxMessage.position,
            earlier.delivered_at.is_(None),
        ),
    )
    .order_by(OutboxMessage.position)
    .limit(BATCH)
    .with_for_update(of=OutboxMessage, skip_locked=True)
)


async def deliver(sessions: Sessions, send: Send, now: datetime) -> int:
    """Hand every due message at the head of its subject to `send`; return how many went out."""
    async with sessions.begin() as session:
        messages = (await session.scalars(due.where(OutboxMessage.due_at <= now))).all()
        outcomes = await asyncio.gather(*map(send, messages), return_exceptions=True)
        sent = 0
        for message, outcome in zip(messages, outcomes, strict=True):
            if outcome is None:
                message.delivered_at = now
                sent += 1
            else:
                message.attempts += 1
                message.due_at = now + pause(message.attempts)
                log.warning("relay.undelivered", event_id=str(message.id), fault=repr(outcome))
    DELIVERED.inc(sent)
    return sent


def pause(attempts: int) -> timedelta:
    """Return how long to wait after the given number of failures: doubling, bounded."""
    return min(timedelta(seconds=0.25 * 2 ** min(attempts, 20)), LONGEST_PAUSE)


def publisher(nats: Client) -> Send:
    """Return how a message is published: acknowledged by JetStream, recognised if sent twice."""
    jetstream = nats.jetstream()

    async def publish(message: OutboxMessage) -> None:
        await jetstream.publish(
            f"{TOPICS}.{message.type}",
            message.envelope().model_dump_json().encode(),
            timeout=5,
            headers={"Nats-Msg-Id": f"{message.id}:{message.attempts}"},
        )

    return publish


async def open_stream(jetstream: JetStreamContext) -> None:
    """Create the one stream all services share, or bring it up to date."""
    config = StreamConfig(
        name=STREAM,
        subjects=[f"{TOPICS}.>"],
        max_age=KEPT_ON_THE_BUS.total_seconds(),
        duplicate_window=120,
    )
    try:
        await jetstream.update_stream(config)
    except NatsError:
        await jetstream.add_stream(config)


async def relay(sessions: Sessions, nats: Client, clock: Clock) -> None:
    """Deliver until `nats` is closed; while the bus or the database is away, wait."""
    send = publisher(nats)
    while not nats.is_closed:
        heed()
        sent = 0
        try:
            if nats.is_connected:
                sent = await deliver(sessions, send, clock())
            WAITING.set(await waiting(sessions))
        except Exception as fault:  # noqa: BLE001  # whatever it is, the messages are still there
            log.warning("relay.waiting", fault=repr(fault))
        await asyncio.sleep(0 if sent else IDLE)


async def waiting(sessions: Sessions) -> int:
    """Count the messages not yet delivered."""
    async with sessions() as session:
        count = select(func.count()).where(OutboxMessage.delivered_at.is_(None))
        return await session.scalar(count) or 0
