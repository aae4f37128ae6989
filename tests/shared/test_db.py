import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db import Sessions, open_readings, write_new
from shared.idempotency import Answered
from shared.outbox import OutboxMessage
from tests.support.people import NOW
from tests.support.queries import CountQueries

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


async def test_new_rows_of_any_tables_are_written_in_one_statement_and_watched_by_nobody(
    sessions: Sessions, count_queries: CountQueries
) -> None:
    message = OutboxMessage(
        source="/tests",
        type="tests.told",
        subject="1",
        data={"a": 1},
        actor="person:1",
        request_id="r",
        occurred_at=NOW,
        due_at=NOW,
    )
    rows = [_answered("1"), _answered("2"), message, _answered("3")]
    async with sessions.begin() as session:
        with count_queries(1):
            await write_new(session, *rows)
        assert not list(session)
        rows[0].status = 500  # type: ignore[union-attr]  # the first is an answer
    async with sessions() as session:
        kept = (await session.scalars(select(Answered).order_by(Answered.key))).all()
        assert [(answer.key, answer.status) for answer in kept] == [
            ("1", 200),
            ("2", 200),
            ("3", 200),
        ]
        told = (await session.scalars(select(OutboxMessage))).one()
    assert (told.data, told.attempts) == ({"a": 1}, 0)
