"""The promise of the road from outbox to inbox: whatever dies, effects happen once, in order."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
from pydantic import SecretStr
from sqlalchemy import func, literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from deploy.local.servers import Server, free_port
from shared.contracts.content import ItemWithdrawn
from shared.db import Sessions, open_engine, open_readings, utc_now
from shared.inbox import Consumer, InboxMessage, Subscriptions, consume
from shared.process import connect, create_api, create_worker, open_house
from shared.relay import STREAM, TOPICS, relay
from shared.schedule import Task
from shared.settings import ApiSettings, Environment
from shared.uow import UnitOfWork, beginner
from tests.shared.conftest import Restartable, create_tables
from tests.support import bus

KILLS = 3


def url_of(engine: AsyncEngine) -> str:
    return engine.url.render_as_string(hide_password=False)


async def carried_out(sessions: Sessions, events: int) -> None:
    async def all_of_them() -> bool:
        return await bus.effects(sessions) >= events

    await bus.until(all_of_them)


@asynccontextmanager
async def working(database: str, nats: str, name: str = "tests") -> AsyncIterator[None]:
    work = asyncio.create_task(bus.work(database, nats, name))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_a_worker_killed_again_and_again_loses_doubles_and_disorders_nothing(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    stop = asyncio.Event()
    load = asyncio.create_task(bus.stamp_until(committing, stop))
    for _ in range(KILLS):
        seen = await bus.effects(committing)
        with bus.process(url_of(engine), nats_server.url):
            await carried_out(committing, seen + 5)
    stop.set()
    numbers = await load
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, 5 * len(numbers))
    assert await bus.numbers_by_subject(committing) == bus.in_order(numbers)


async def test_while_the_bus_is_away_work_goes_on_and_everything_arrives_afterwards(
    engine: AsyncEngine, committing: Sessions, restartable_nats: Restartable
) -> None:
    async with working(url_of(engine), restartable_nats.url):
        await carried_out(committing, await bus.stamp(committing, range(10)))
        await restartable_nats.stop()
        await bus.stamp(committing, range(10, 30))
        await restartable_nats.start_again()
        await carried_out(committing, 150)
    assert await bus.numbers_by_subject(committing) == bus.in_order(range(30))


async def test_when_the_leader_is_killed_amid_an_event_the_other_goes_on_in_order(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    with bus.process(url_of(engine), nats_server.url) as leader:
        await carried_out(committing, await bus.stamp(committing, range(3), papers=2))
        async with engine.begin() as hindrance:
            await hindrance.execute(text("LOCK TABLE effects IN EXCLUSIVE MODE"))
            await bus.stamp(committing, range(3, 6), papers=2)
            await bus.until(lambda: blocked(committing))
            with bus.process(url_of(engine), nats_server.url):
                leader.kill()
                await bus.stamp(committing, range(6, 9), papers=2)
                await hindrance.rollback()
                await carried_out(committing, 18)
    assert await bus.numbers_by_subject(committing) == bus.in_order(range(9), papers=2)


async def blocked(sessions: Sessions) -> bool:
    """Say whether somebody waits for the effects' table."""
    async with sessions() as session:
        waits = (
            "SELECT count(*) FROM pg_locks WHERE relation = 'effects'::regclass AND NOT granted"
        )
        return bool(await session.scalar(text(waits)))


async def test_a_bus_that_lost_everything_is_furnished_again(
    engine: AsyncEngine, committing: Sessions, restartable_nats: Restartable, tmp_path: Path
) -> None:
    async with working(url_of(engine), restartable_nats.url):
        await carried_out(committing, await bus.stamp(committing, range(5)))
        await restartable_nats.stop()
        shutil.rmtree(tmp_path / "nats" / "data")
        await restartable_nats.start_again()
        await bus.stamp(committing, range(5, 10))
        await carried_out(committing, 50)
    assert await bus.numbers_by_subject(committing) == bus.in_order(range(10))


async def test_what_keeps_the_time_does_not_wait_for_the_bus(engine: AsyncEngine) -> None:
    rung = asyncio.Event()

    async def ring(_: datetime) -> int:
        rung.set()
        return 0

    nowhere = f"nats://127.0.0.1:{free_port()}"
    tasks = [Task("ring", ring)]
    told = bus.settings(url_of(engine), nowhere)
    worker = create_worker(bus.consumer(), lambda _, __: tasks, told)
    async with worker.router.lifespan_context(worker), asyncio.timeout(5):
        await rung.wait()


async def test_a_worker_told_to_stop_while_the_bus_is_away_stops(
    engine: AsyncEngine, committing: Sessions, restartable_nats: Restartable
) -> None:
    work = asyncio.create_task(bus.work(url_of(engine), restartable_nats.url))
    await carried_out(committing, await bus.stamp(committing, range(1)))
    await restartable_nats.stop()
    await asyncio.sleep(1)  # long enough for the worker to meet the gap
    work.cancel()
    _, going_on = await asyncio.wait({work}, timeout=10)
    await restartable_nats.start_again()
    assert not going_on


async def test_after_a_restart_of_the_database_api_and_worker_go_on(
    nats_server: Server, restartable_postgres: Restartable
) -> None:
    url = f"{restartable_postgres.url}/postgres"
    await create_tables(url)
    told = ApiSettings(
        ZHENGBU_ENVIRONMENT=Environment.DEVELOPMENT,
        ZHENGBU_CURSOR_KEY=SecretStr("cursor key of the tests"),
        database_url=url,
    )
    house, close = open_house(told, "/tests")
    api = create_api("Tests", "", (), house, close)
    async with (
        working(url, nats_server.url),
        httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://api") as client,
        api.router.lifespan_context(api),
    ):
        await carried_out(house.sessions, await bus.stamp(house.sessions, range(5)))
        await restartable_postgres.stop()
        assert (await client.get("/readyz")).status_code == 503
        await asyncio.sleep(1)  # long enough for the worker to meet the gap
        await restartable_postgres.start_again()
        assert (await client.get("/readyz")).status_code == 200
        await carried_out(house.sessions, 25 + await bus.stamp(house.sessions, range(5, 10)))
        assert await bus.numbers_by_subject(house.sessions) == bus.in_order(range(10))
        async with house.sessions() as session:
            assert not await session.scalar(select(func.count(InboxMessage.fault)))


async def test_who_asks_first_after_a_restart_notices_nothing_of_it(
    restartable_postgres: Restartable,
) -> None:
    engine = open_engine(f"{restartable_postgres.url}/postgres")
    readings = open_readings(engine)

    async def one() -> int | None:
        async with readings() as session:
            return await session.scalar(select(literal(1)))

    assert await asyncio.gather(one(), one(), one()) == [1, 1, 1]
    await restartable_postgres.stop()
    await restartable_postgres.start_again()
    assert await asyncio.gather(one(), one(), one()) == [1, 1, 1]
    await engine.dispose()


async def test_a_poisoned_event_is_set_aside_with_its_fault_and_the_others_go_on(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    begin = beginner(committing, utc_now, "/tests")
    await bus.stamp(committing, range(1), papers=2)
    async with begin(bus.CLERK, "request") as uow:
        uow.announce(bus.Stamped(paper="paper-0", number=1, poisoned=True))
    await bus.stamp(committing, range(2, 4), papers=2)
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, 6)
    found = await bus.numbers_by_subject(committing)
    assert found == {"paper-0": [0, 2, 3], "paper-1": [0, 2, 3]}
    async with committing() as session:
        aside = select(InboxMessage.fault).where(InboxMessage.fault.is_not(None))
        assert (await session.scalars(aside)).all() == ["ArithmeticError('poison')"]


class Absent(Exception):
    """What PostgreSQL says of itself, as a driver hands it on."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


async def test_an_event_that_meets_an_absent_database_is_never_set_aside(
    committing: Sessions, nats_server: Server
) -> None:
    starting, crowded = Absent("57P03"), Absent("53300")
    absences = [
        ConnectionRefusedError(),
        starting,
        PoolTimeout(),
        DBAPIError("SELECT", {}, crowded),
        DBAPIError("SELECT", {}, Exception(), connection_invalidated=True),
    ]
    waiting = Subscriptions()

    @waiting.on(bus.Stamped)
    async def meet(_: UnitOfWork, __: bus.Stamped) -> None:
        if absences:
            raise absences.pop()

    nats = await connect(nats_server.url)
    begin = beginner(committing, utc_now, "/tests")
    await bus.stamp(committing, range(1), papers=1)

    async def taken_in() -> bool:
        async with committing() as session:
            return bool(await session.scalar(select(func.count()).select_from(InboxMessage)))

    async with asyncio.TaskGroup() as group:
        group.create_task(relay(committing, nats, utc_now))
        group.create_task(consume(Consumer("waiting", (bus.subscriptions, waiting)), nats, begin))
        await bus.until(taken_in)
        await nats.close()
    assert absences == []
    assert await bus.numbers_by_subject(committing) == {"paper-0": [0]}


async def test_what_nobody_can_read_is_thrown_away_and_the_others_go_on(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    nats = await connect(nats_server.url)
    await nats.jetstream().publish(f"{TOPICS}.tests.paper.stamped", b"no event at all")
    await nats.close()
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, await bus.stamp(committing, range(1)))


async def test_a_consumer_that_wants_more_than_before_hears_it(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    narrow = Subscriptions()
    narrow.on(ItemWithdrawn)(nothing)
    nats = await connect(nats_server.url)
    begin = beginner(committing, utc_now, "/tests")
    earlier = asyncio.create_task(consume(Consumer("tests", (narrow,)), nats, begin))

    async def known_to_the_bus() -> bool:
        return bool(await nats.jetstream().consumers_info(STREAM))

    await bus.until(known_to_the_bus)
    await nats.close()
    await earlier
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, await bus.stamp(committing, range(1)))


async def nothing(_: UnitOfWork, __: object) -> None:
    """Handle an event without effect."""


async def test_a_bus_connection_closed_for_good_ends_relay_and_consumer(
    committing: Sessions, nats_server: Server
) -> None:
    nats = await connect(nats_server.url)
    begin = beginner(committing, utc_now, "/tests")
    async with asyncio.timeout(8), asyncio.TaskGroup() as group:
        group.create_task(relay(committing, nats, utc_now))
        group.create_task(consume(bus.consumer(), nats, begin))
        await carried_out(committing, await bus.stamp(committing, range(1)))
        await nats.close()
