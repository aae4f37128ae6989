"""Comparing outboxes with inboxes: what each consumer never got, or could not carry out."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from shared.db import Sessions, open_engine, open_sessions
from shared.inbox import Consumer, InboxMessage
from shared.outbox import OutboxMessage

UNDERWAY = timedelta(minutes=1)
BATCH = 1000


class Gap(NamedTuple):
    """An event a consumer has not carried out; without a fault, it never got it."""

    consumer: str
    producer: str
    event_id: UUID
    type: str
    subject: str
    occurred_at: datetime
    fault: str | None


@dataclass(frozen=True)
class Report:
    """What the comparison found, and how many events it made due again."""

    compared: int
    gaps: tuple[Gap, ...]
    resent: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the report for the person who asked for it."""
        for gap in self.gaps:
            why = f"set aside: {gap.fault}" if gap.fault else "never arrived"
            event = f"{gap.type} {gap.event_id} of {gap.occurred_at:%Y-%m-%d %H:%M:%S}"
            yield f"{gap.consumer} <- {gap.producer}: {event}: {why}"
        yield f"{self.compared} events compared, {len(self.gaps)} gaps, {self.resent} sent again."


async def reconcile(
    urls: Mapping[str, str], consumers: Sequence[Consumer], now: datetime, *, resend: bool
) -> Report:
    """Compare the outbox of each service in `urls` with the inbox of each consumer.

    Events younger than a minute may still be underway and do not count. With `resend`, the
    events of all gaps become due again; who already carried one out will know it.
    """
    async with _open(urls) as services:
        compared, gaps, resent = 0, list[Gap](), 0
        for producer, outbox in services.items():
            async for events in _announced(outbox, now - UNDERWAY):
                compared += len(events)
                found = [
                    gap
                    for consumer in consumers
                    for gap in await _gaps(consumer, services[consumer.name], producer, events)
                ]
                gaps += found
                if resend:
                    resent += await _send_again(outbox, {gap.event_id for gap in found})
    return Report(compared, tuple(gaps), resent)


@asynccontextmanager
async def _open(urls: Mapping[str, str]) -> AsyncIterator[dict[str, Sessions]]:
    async with AsyncExitStack() as stack:
        services = {}
        for name, url in urls.items():
            engine = open_engine(url)
            stack.push_async_callback(engine.dispose)
            services[name] = open_sessions(engine)
        yield services


async def _announced(outbox: Sessions, until: datetime) -> AsyncIterator[Sequence[OutboxMessage]]:
    position = 0
    while True:
        question = (
            select(OutboxMessage)
            .where(OutboxMessage.position > position, OutboxMessage.occurred_at <= until)
            .order_by(OutboxMessage.position)
            .limit(BATCH)
        )
        async with outbox() as session:
            events = (await session.scalars(question)).all()
        if not events:
            return
        yield events
        position = events[-1].position


async def _gaps(
    consumer: Consumer, inbox: Sessions, producer: str, events: Iterable[OutboxMessage]
) -> list[Gap]:
    wanted = {event.id: event for event in events if consumer.handlers(event.type)}
    question = select(InboxMessage.event_id, InboxMessage.fault).where(
        InboxMessage.event_id.in_(wanted)
    )
    async with inbox() as session:
        known = {row.event_id: row.fault for row in await session.execute(question)}
    return [
        Gap(
            consumer.name,
            producer,
            event.id,
            event.type,
            event.subject,
            event.occurred_at,
            known.get(event.id),
        )
        for event in wanted.values()
        if known.get(event.id, "") is not None
    ]


async def _send_again(outbox: Sessions, events: set[UUID]) -> int:
    # The bus knows an event by its id and its attempts: with one more it is no duplicate.
    due = (
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(events), OutboxMessage.delivered_at.is_not(None))
        .values(delivered_at=None, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage.id)
    )
    async with outbox.begin() as session:
        return len((await session.execute(due)).all())
