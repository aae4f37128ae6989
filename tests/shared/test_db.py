import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db import Sessions, open_readings
from shared.idempotency import Answered
from tests.support.people import NOW

COUNTED = select(func.count()).select_from(Answered)


def _answered(key: str) -> Answered:
    return Answered(
        actor="person:1",
        key=key,
        fingerprint="",
        status=200,
        headers={},
        body=b"",
        answered_at=NOW,
    )


async def test_a_reading_sees_one_instant_however_much_it_asks(
    engine: AsyncEngine, committing: Sessions
) -> None:
    readings = open_readings(engine)
    async with readings() as reading:
        assert await reading.scalar(COUNTED) == 0
        async with committing.begin() as writing:
            writing.add(_answered("1"))
        assert await reading.scalar(COUNTED) == 0
    async with readings() as reading:
        assert await reading.scalar(COUNTED) == 1


async def test_a_reading_cannot_write(engine: AsyncEngine) -> None:
    async with open_readings(engine)() as reading:
        reading.add(_answered("2"))
        with pytest.raises(DBAPIError, match="read-only"):
            await reading.flush()
