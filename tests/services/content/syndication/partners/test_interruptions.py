"""The promise to partners: whatever dies, each message arrives, in order for each item."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.content.syndication.partners.models import Attempt
from shared.db import Sessions
from shared.schedule import LEASE
from tests.support import bus, courier

KILLS = 3
SUBSCRIBERS, ITEMS = 4, 10
PATIENCE = 0.1
"""Seconds for each message; a machine that does nothing else needs a tenth of it."""
BEYOND = int(LEASE.total_seconds()) + 1


async def test_workers_killed_again_and_again_lose_and_disorder_no_message(
    engine: AsyncEngine, real_sessions: Sessions, pytestconfig: pytest.Config
) -> None:
    messages = pytestconfig.getoption("--deliveries") // (SUBSCRIBERS * ITEMS)
    database = engine.url.render_as_string(hide_password=False)
    async with courier.receiving() as receiver:
        whole = await courier.make_out(
            real_sessions,
            receiver.port,
            subscribers=SUBSCRIBERS,
            items=ITEMS,
            messages=messages,
        )
        limit = max(45, whole * PATIENCE)
        for kill in range(KILLS):
            enough = receiver.taken + whole // (KILLS + 2)
            with (
                courier.process(database, kill * BEYOND),
                courier.process(database, kill * BEYOND),
            ):
                await bus.until(lambda enough=enough: taken(receiver, enough), limit)
        assert receiver.taken < whole
        with courier.process(database, KILLS * BEYOND):
            await bus.until(lambda: all_received(real_sessions, whole), limit)
    assert len(receiver.numbers) == SUBSCRIBERS * ITEMS
    for numbers in receiver.numbers.values():
        assert numbers == sorted(numbers), "a message came before an earlier one about its item"
        assert set(numbers) == set(range(messages))
    async with real_sessions() as session:
        logged = select(func.count(Attempt.delivery_id.distinct()))
        assert await session.scalar(logged) == whole


async def taken(receiver: courier.Receiver, enough: int) -> bool:
    return receiver.taken >= enough


async def all_received(sessions: Sessions, whole: int) -> bool:
    return await courier.received(sessions) == whole
