"""The inbox: take each event in once, in the transaction of its effect."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from pydantic import ValidationError
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from structlog.contextvars import bound_contextvars

from shared.auth import Actor
from shared.cancelling import heed
from shared.db import Ground, is_away
from shared.events import Envelope, Event
from shared.relay import STREAM, TOPICS, open_stream
from shared.telemetry import CONSUMED, log, tracer
from shared.uow import BeginAs, UnitOfWork

E = TypeVar("E", bound=Event)
Handler = Callable[[UnitOfWork, Envelope], Awaitable[None]]

TRIES = 5
PATIENCE = 1.0
ACK_WAIT = 2.0


class InboxMessage(Ground):
    """An event this service has taken in; `fault` says why one was set aside for a person."""

    __tablename__ = "inbox"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    type: Mapped[str]
    received_at: Mapped[datetime]
    fault: Mapped[str | None]


@dataclass(frozen=True)
class Subscriptions:
    """What one capability does when something happened."""

    handlers: dict[str, list[Handler]] = field(default_factory=dict)
    every: list[Handler] = field(default_factory=list)

    def on(
        self, *events: type[E]
    ) -> Callable[
        [Callable[[UnitOfWork, E], Awaitable[None]]], Callable[[UnitOfWork, E], Awaitable[None]]
    ]:
        """Register a handler for events of these types."""

        def register(
            handle: Callable[[UnitOfWork, E], Awaitable[None]],
        ) -> Callable[[UnitOfWork, E], Awaitable[None]]:
            for event in events:

                async def decoded(
                    uow: UnitOfWork, envelope: Envelope, event: type[E] = event
                ) -> None:
                    await handle(uow, event.model_validate(envelope.data))

                self.handlers.setdefault(event.type, []).append(decoded)
            return handle

        return register

    def on_all(self, handle: Handler) -> Handler:
        """Register a handler for every event there is, given with its envelope."""
        self.every.append(handle)
        return handle


@dataclass(frozen=True)
class Consumer:
    """A service as the bus sees it: its name, and what its capabilities want to hear."""

    name: str
    subscriptions: tuple[Subscriptions, ...]

    def handlers(self, type: str) -> list[Handler]:
        """Return what to do with an event, in the order the capabilities are listed."""
        return [
            handler
            for subscription in self.subscriptions
            for handler in [*subscription.handlers.get(type, []), *subscription.every]
        ]

    def particular(self, type: str) -> list[Handler]:
        """Return what to do with an event of this type, but not with every event there is."""
        return [
            handler
            for subscription in self.subscriptions
            for handler in subscription.handlers.get(type, [])
        ]


async def take_in(consumer: Consumer, begin: BeginAs, envelope: Envelope) -> bool:
    """Carry out an event's effects unless that was done before; return whether it was new.

    One that was set aside and is sent again gets the effects that it lacks.
    """
    with (
        bound_contextvars(request_id=envelope.requestid),
        tracer.start_as_current_span(envelope.type),
    ):
        async with begin(Actor(envelope.actor), envelope.requestid) as uow:
            if await _enter(uow, envelope):
                handlers = consumer.handlers(envelope.type)
            elif await _take_up_again(uow, envelope):
                handlers = consumer.particular(envelope.type)
            else:
                return False
            caused = replace(uow, cause=envelope.id)
            for handle in handlers:
                await handle(caused, envelope)
    return True


async def set_aside(consumer: Consumer, begin: BeginAs, envelope: Envelope, fault: str) -> None:
    """Record an event whose effects fail again and again, so that the others can go on.

    What is done with every event there is, is done with this one too.
    """
    async with begin(Actor(envelope.actor), envelope.requestid) as uow:
        if await _enter(uow, envelope, fault):
            for subscription in consumer.subscriptions:
                for handle in subscription.every:
                    await handle(replace(uow, cause=envelope.id), envelope)


async def _enter(uow: UnitOfWork, envelope: Envelope, fault: str | None = None) -> bool:
    row = insert(InboxMessage).values(
        event_id=envelope.id, type=envelope.type, received_at=uow.now, fault=fault
    )
    entered = await uow.session.execute(
        row.on_conflict_do_nothing().returning(InboxMessage.event_id)
    )
    return entered.first() is not None


async def _take_up_again(uow: UnitOfWork, envelope: Envelope) -> bool:
    aside = (InboxMessage.event_id == envelope.id, InboxMessage.fault.is_not(None))
    taken_up = await uow.session.execute(
        update(InboxMessage).where(*aside).values(fault=None).returning(InboxMessage.event_id)
    )
    return taken_up.first() is not None


async def consume(consumer: Consumer, nats: Client, begin: BeginAs) -> None:
    """Take events in, in order, until `nats` is closed; while bus or database are away, wait.

    Any number of workers may consume under one name: the bus hands out no event before the
    last one is settled, and the inbox knows the events that a dying worker had carried out.
    """
    while not nats.is_closed:
        try:
            await _listen(consumer, nats, begin)
        except Exception as fault:  # noqa: BLE001  # whatever it is, the event is still on the bus
            log.warning("inbox.waiting", consumer=consumer.name, fault=repr(fault))
        await asyncio.sleep(PATIENCE)


async def _listen(consumer: Consumer, nats: Client, begin: BeginAs) -> None:
    jetstream = nats.jetstream()
    await open_stream(jetstream)
    config = ConsumerConfig(
        name=consumer.name,
        durable_name=consumer.name,
        filter_subject=f"{TOPICS}.>",
        ack_policy=AckPolicy.EXPLICIT,
        deliver_policy=DeliverPolicy.ALL,
        ack_wait=ACK_WAIT,
        max_ack_pending=1,
    )
    await jetstream.add_consumer(STREAM, config)
    subscription = await jetstream.pull_subscribe_bind(consumer.name, STREAM)
    try:
        while True:
            heed()
            try:
                [message] = await subscription.fetch(1, timeout=PATIENCE)
            except TimeoutError:
                continue
            await _settle(consumer, begin, message)
    finally:
        await subscription.unsubscribe()


async def _settle(consumer: Consumer, begin: BeginAs, message: Msg) -> None:
    try:
        envelope = Envelope.model_validate_json(message.data)
    except ValidationError:  # it quotes the message, which may be anybody's
        log.error("inbox.unreadable", topic=message.subject)
        await message.term()
        return
    if not consumer.handlers(envelope.type):
        await message.ack()
        return
    try:
        outcome = await _carry_out(consumer, begin, envelope, message.in_progress)
    except BaseException:
        await message.nak()
        raise
    CONSUMED.labels(envelope.type, outcome).inc()
    await message.ack()


async def _carry_out(
    consumer: Consumer, begin: BeginAs, envelope: Envelope, beat: Callable[[], Awaitable[None]]
) -> str:
    """Take an event in or, after some tries, set it aside; `beat` tells the bus to be patient."""
    fault = None
    for attempt in range(1, TRIES + 1):
        try:
            return "new" if await take_in(consumer, begin, envelope) else "known"
        except Exception as failure:
            if is_away(failure):
                raise
            fault = failure
        log.error("inbox.failed", event_id=str(envelope.id), attempt=attempt, exc_info=fault)
        await beat()
        await asyncio.sleep(0.2 * attempt)
    await set_aside(consumer, begin, envelope, repr(fault))
    return "set_aside"
