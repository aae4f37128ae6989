"""The unit of work: one act, one transaction."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth import Actor
from shared.db import Clock, Sessions
from shared.events import Event
from shared.outbox import OutboxMessage
from shared.problem import PreconditionRequired, StaleVersion


@dataclass(frozen=True)
class UnitOfWork:
    """One transaction: its session, who acts in it, when, and in which request.

    `cause` is the event it answers, if it answers one.
    """

    session: AsyncSession
    actor: Actor
    now: datetime
    request_id: str
    source: str
    cause: UUID | None = None

    def announce(self, event: Event) -> None:
        """Record `event` in this transaction, to be delivered once it commits."""
        self.session.add(
            OutboxMessage(
                source=self.source,
                type=event.type,
                subject=event.subject,
                data=event.model_dump(mode="json"),
                actor=self.actor.id,
                request_id=self.request_id,
                occurred_at=self.now,
                due_at=self.now,
            )
        )


def expect(version: int | None, found: int) -> None:
    """Refuse a change to another version than the one that was read."""
    if version is None:
        raise PreconditionRequired
    if version != found:
        raise StaleVersion(version=found)


class BeginAs(Protocol):
    """How a worker begins a unit of work, as whom and in which request."""

    def __call__(self, actor: Actor, request_id: str) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction; commit it on success, roll it back on any exception."""


def beginner(sessions: Sessions, clock: Clock, source: str) -> BeginAs:
    """Return how units of work begin over `sessions`: committed on success, else rolled back."""

    @asynccontextmanager
    async def begin(actor: Actor, request_id: str) -> AsyncIterator[UnitOfWork]:
        async with sessions.begin() as session:
            yield UnitOfWork(session, actor, clock(), request_id, source)

    return begin
