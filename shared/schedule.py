"""Work that time triggers: due rows, claimed with a lease, and a clock that runs what is due."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Mapped, mapped_column

from shared.cancelling import heed
from shared.db import Clock, Sessions
from shared.telemetry import DUE, log

LEASE = timedelta(minutes=2)


class Due:
    """Mixin of a row that time triggers: when, who is at it until when, and how often tried."""

    id: Mapped[UUID]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")


D = TypeVar("D", bound=Due)
T = TypeVar("T")


async def claim(
    sessions: Sessions, table: type[D], now: datetime, *, lease: timedelta = LEASE, most: int = 20
) -> Sequence[D]:
    """Take up to `most` due rows for this worker alone; a crash gives them back after `lease`."""
    async with sessions.begin() as session:
        question = (
            select(table)
            .where(
                table.due_at <= now, or_(table.leased_until.is_(None), table.leased_until <= now)
            )
            .order_by(table.due_at)
            .limit(most)
            .with_for_update(skip_locked=True, of=table)
        )
        rows = (await session.scalars(question)).all()
        for row in rows:
            row.leased_until = now + lease
            row.attempts += 1
    return rows


@dataclass(frozen=True)
class Task:
    """One kind of due work: what to run and how often to look; it returns how much it did."""

    name: str
    run: Callable[[datetime], Awaitable[int]]
    every: timedelta = timedelta(seconds=1)


def filled(
    take: Callable[[datetime, int], Awaitable[Sequence[T]]],
    act: Callable[[T, datetime], Awaitable[None]],
    *,
    most: int,
    soon: float,
) -> Callable[[datetime], Awaitable[int]]:
    """Return a round that fills up what is under way, and looks again when all is back, or soon.

    So what waits on one that is slow to answer is only that one; `soon` is in seconds.
    """
    under_way: set[asyncio.Task[None]] = set()

    async def run(now: datetime) -> int:
        if (free := most - len(under_way)) > 0:
            taken = await take(now, free)
            under_way.update(asyncio.ensure_future(act(each, now)) for each in taken)
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

    return run


async def _end(under_way: set[asyncio.Task[None]]) -> None:
    """Leave what is under way to its lease."""
    for each in under_way:
        each.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    under_way.clear()


async def keep(task: Task, clock: Clock) -> None:
    """Run `task` for ever; a fault is logged, and the rows come round again with their lease."""
    while True:
        heed()
        done = 0
        try:
            done = await task.run(clock())
            DUE.labels(task.name, "done").inc(done)
        except Exception:  # noqa: BLE001  # one bad round must not stop the clock
            DUE.labels(task.name, "failed").inc()
            log.exception("schedule.failed", task=task.name)
        await asyncio.sleep(0 if done else task.every.total_seconds())
