import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.db import COLUMN_TYPES, Sessions
from shared.ids import new_id
from shared.schedule import LEASE, Due, Task, claim, filled, keep
from tests.support.people import NOW

SECOND = timedelta(seconds=1)


class Ground(DeclarativeBase):
    """Ground of one table that no database has to keep."""

    type_annotation_map = COLUMN_TYPES


class Errand(Due, Ground):
    __tablename__ = "errands"

    id: Mapped[UUID] = mapped_column(primary_key=True)


@pytest_asyncio.fixture
async def errands(engine: AsyncEngine, committing: Sessions) -> AsyncIterator[Sessions]:
    async with engine.begin() as connection:
        await connection.run_sync(Ground.metadata.create_all)
    yield committing
    async with engine.begin() as connection:
        await connection.run_sync(Ground.metadata.drop_all)


async def due(sessions: Sessions, *times: datetime | None) -> list[UUID]:
    names = [new_id() for _ in times]
    async with sessions.begin() as session:
        rows = [{"id": name, "due_at": time} for name, time in zip(names, times, strict=True)]
        await session.execute(insert(Errand), rows)
    return names


async def test_what_is_due_is_claimed_oldest_first(errands: Sessions) -> None:
    late, later, _, _ = await due(errands, NOW, NOW - SECOND, NOW + SECOND, None)
    rows = await claim(errands, Errand, NOW)
    assert [(row.id, row.attempts) for row in rows] == [(later, 1), (late, 1)]


async def test_two_claimers_never_share_a_row(errands: Sessions) -> None:
    names = await due(errands, *[NOW] * 60)
    rounds = await asyncio.gather(*(claim(errands, Errand, NOW, most=10) for _ in range(8)))
    claimed = [row.id for rows in rounds for row in rows]
    assert len(claimed) == len(set(claimed))
    claimed += [row.id for row in await claim(errands, Errand, NOW, most=60)]
    assert sorted(claimed) == sorted(names)


async def test_a_row_whose_claimer_crashed_comes_back_after_the_lease(errands: Sessions) -> None:
    [name] = await due(errands, NOW)
    await claim(errands, Errand, NOW)
    assert await claim(errands, Errand, NOW + LEASE - SECOND) == []
    [row] = await claim(errands, Errand, NOW + LEASE)
    assert (row.id, row.attempts) == (name, 2)


async def test_a_row_that_is_done_does_not_come_back(errands: Sessions) -> None:
    [name] = await due(errands, NOW)
    await claim(errands, Errand, NOW)
    async with errands.begin() as session:
        await session.execute(update(Errand).where(Errand.id == name).values(due_at=None))
    assert await claim(errands, Errand, NOW + 2 * LEASE) == []


async def kept(task: Task, enough: asyncio.Event) -> None:
    """Keep a task until it has done enough."""
    running = asyncio.create_task(keep(task, lambda: NOW))
    async with asyncio.timeout(5):
        await enough.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


@pytest.mark.parametrize("fault", [ArithmeticError("no"), OSError("away")])
async def test_the_clock_goes_on_after_a_fault(fault: Exception) -> None:
    enough, rounds = asyncio.Event(), 0

    async def run(now: datetime) -> int:
        nonlocal rounds
        rounds += 1
        if rounds == 4:
            enough.set()
        if rounds % 2:
            raise fault
        assert now == NOW
        return 0

    await kept(Task("errands", run, SECOND / 100), enough)


async def test_while_there_is_work_the_clock_does_not_rest() -> None:
    enough, left = asyncio.Event(), 50

    async def run(_: datetime) -> int:
        nonlocal left
        left -= 1
        if not left:
            enough.set()
        return left

    await kept(Task("errands", run, timedelta(hours=1)), enough)


async def test_one_that_is_slow_holds_up_only_itself() -> None:
    waiting, done, over = list(range(6)), [], asyncio.Event()

    async def take(_: datetime, most: int) -> list[int]:
        taken, waiting[:] = waiting[:most], waiting[most:]
        return taken

    async def act(one: int, _: datetime) -> None:
        if one == 0:
            await over.wait()
        done.append(one)

    run = filled(take, act, most=2, soon=0.01)
    for _ in range(8):
        await run(NOW)
    assert done == [1, 2, 3, 4, 5]
    over.set()
    assert await run(NOW) == 1
    assert (done[-1], await run(NOW)) == (0, 0)


async def test_a_round_that_is_ended_ends_what_is_under_way() -> None:
    begun, ended = asyncio.Event(), []

    async def take(_: datetime, __: int) -> list[int]:
        return [1]

    async def act(one: int, _: datetime) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(one)

    ending = asyncio.ensure_future(filled(take, act, most=1, soon=60)(NOW))
    await begun.wait()
    ending.cancel()
    await asyncio.gather(ending, return_exceptions=True)
    assert ended == [1]
