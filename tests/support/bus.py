"""A tiny service for the tests of the road from outbox to inbox, and itself as a process.

`python -m tests.support.bus DATABASE NATS CONSUMER` works as the service until it is killed.
"""

import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from subprocess import Popen
from uuid import UUID

from sqlalchemy import BigInteger, Identity, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.auth import Actor
from shared.db import COLUMN_TYPES, Sessions, utc_now
from shared.events import Event
from shared.inbox import Consumer, Subscriptions
from shared.process import create_worker
from shared.settings import Environment, WorkerSettings
from shared.telemetry import configure
from shared.uow import UnitOfWork, beginner

CLERK = Actor("person:clerk")


class Ground(DeclarativeBase):
    """Not the services' own ground: their migrations must not learn of it."""

    type_annotation_map = COLUMN_TYPES


class Effect(Ground):
    """That an event was carried out; nothing here stops a second row for the same one."""

    __tablename__ = "effects"

    position: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_id: Mapped[UUID]
    subject: Mapped[str]
    number: Mapped[int]


class Stamped(Event, type="tests.paper.stamped", subject="paper"):
    """A paper got its next stamp; a poisoned one cannot be carried out."""

    paper: str
    number: int
    poisoned: bool = False


subscriptions = Subscriptions()


@subscriptions.on(Stamped)
async def note(uow: UnitOfWork, stamp: Stamped) -> None:
    if stamp.poisoned:
        raise ArithmeticError("poison")
    effect = Effect(event_id=uow.cause, subject=stamp.subject, number=stamp.number)
    uow.session.add(effect)


def consumer(name: str = "tests") -> Consumer:
    return Consumer(name, (subscriptions,))


def settings(database: str, nats: str) -> WorkerSettings:
    return WorkerSettings(
        ZHENGBU_ENVIRONMENT=Environment.DEVELOPMENT,
        ZHENGBU_NATS_URL=nats,
        database_url=database,
    )


async def stamp(sessions: Sessions, numbers: range, papers: int = 5) -> int:
    """Stamp every paper with these numbers, each in a transaction; return how many events."""
    begin = beginner(sessions, utc_now, "/tests")
    for number in numbers:
        for paper in range(papers):
            async with begin(CLERK, f"request-{number}") as uow:
                uow.announce(Stamped(paper=f"paper-{paper}", number=number))
    return len(numbers) * papers


async def stamp_until(sessions: Sessions, stop: asyncio.Event, papers: int = 5) -> range:
    """Go on stamping; return the numbers that every paper got."""
    number = 0
    while not stop.is_set():
        await stamp(sessions, range(number, number + 1), papers)
        number += 1
        await asyncio.sleep(0.05)
    return range(number)


async def effects(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count(Effect.event_id.distinct()))) or 0


async def numbers_by_subject(sessions: Sessions) -> dict[str, list[int]]:
    """Return what was carried out, in the order in which it was."""
    found = defaultdict(list)
    async with sessions() as session:
        for effect in await session.scalars(select(Effect).order_by(Effect.position)):
            found[effect.subject].append(effect.number)
    return found


def in_order(numbers: range, papers: int = 5) -> dict[str, list[int]]:
    return {f"paper-{paper}": list(numbers) for paper in range(papers)}


async def until(holds: Callable[[], Awaitable[bool]], limit: float = 45) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + limit
    while not await holds():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        await asyncio.sleep(0.05)


async def work(database: str, nats: str, name: str = "tests") -> None:
    """Be the service's worker until cancelled."""
    worker = create_worker(consumer(name), lambda _, __: (), settings(database, nats))
    async with worker.router.lifespan_context(worker):
        await asyncio.Event().wait()


@contextmanager
def process(database: str, nats: str, name: str = "tests") -> Iterator[Popen[bytes]]:
    """Run the worker as a process of its own."""
    command = [sys.executable, "-m", "tests.support.bus", database, nats, name]
    child = Popen(command)  # noqa: S603  # our own program
    try:
        yield child
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    configure("tests", "ERROR")
    asyncio.run(work(*sys.argv[1:]))
