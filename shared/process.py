"""How a service becomes processes: one that answers requests, one that works in the background."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import httpx
import nats
from fastapi import APIRouter, FastAPI, Request, Response
from nats.aio.client import Client
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from shared import idempotency
from shared.cancelling import heed
from shared.db import Clock, Sessions, is_away, open_engine, open_readings, open_sessions, utc_now
from shared.http import Ready, create_app, render
from shared.inbox import Consumer, consume
from shared.keys import Keys, keys_at
from shared.pagination import Cursors
from shared.problem import Unavailable
from shared.relay import open_stream, relay
from shared.requests import AlreadyAnswered, House
from shared.schedule import Task, keep
from shared.settings import ApiSettings, WorkerSettings
from shared.telemetry import log, waiting, work_done
from shared.uow import BeginAs, beginner
from shared.upstream import DEADLINE

Tasks = Callable[[Sessions, BeginAs], Sequence[Task]]
Close = Callable[[], Awaitable[None]]
PATIENCE = 1.0
RARELY = 200_000
"""Objects more than were freed, before garbage is looked for; 700 otherwise."""
A_MINUTE = timedelta(minutes=1)


def create_api(
    title: str, description: str, routers: Sequence[APIRouter], house: House, close: Close
) -> FastAPI:
    """Return the process that answers requests; `close` releases what `house` stands on."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        settle()
        try:
            yield
        finally:
            await close()

    app = create_app(
        title,
        description=description,
        routers=routers,
        lifespan=lifespan,
        ready=_answers(house.sessions),
    )
    app.state.house = house
    app.add_exception_handler(AlreadyAnswered, _answer_again)
    for fault in (OSError, DBAPIError, PoolTimeout):
        app.add_exception_handler(fault, _excuse)
    return app


def settle() -> None:
    """Take what a process is made of out of the collector's sight.

    Going through all of it again and again would hold requests up for a fifth of a second.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Have garbage looked for rarely, while rows are made by the thousand and soon let go."""
    before = gc.get_threshold()
    settle()
    gc.set_threshold(RARELY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def open_house(
    settings: ApiSettings, source: str, keys: Keys | None = None
) -> tuple[House, Close]:
    """Open what a service's routes stand on, and return how to close it again.

    `keys` verify tokens; without them the issuer's published ones do.
    """
    engine, http = open_engine(settings.database_url), httpx.AsyncClient(timeout=DEADLINE)
    house = House(
        sessions=open_sessions(engine),
        readings=open_readings(engine),
        clock=utc_now,
        source=source,
        cursors=Cursors(settings.cursor_key.get_secret_value()),
        issuer=settings.issuer,
        keys=keys or keys_at(http, settings.jwks_url),
    )

    async def close() -> None:
        await http.aclose()
        await engine.dispose()

    return house, close


def create_worker(
    consumer: Consumer,
    tasks: Tasks,
    settings: WorkerSettings,
    clock: Clock = utc_now,
    *,
    tell_every: timedelta = A_MINUTE,
) -> FastAPI:
    """Return the process that relays, consumes and keeps the clock; asked, it tells its health."""
    engine = open_engine(settings.database_url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        work = asyncio.create_task(
            _keep_working(consumer, tasks, engine, settings.nats_url, clock)
        )
        telling = asyncio.create_task(_tell(tell_every))
        try:
            yield
        finally:
            work.cancel()
            telling.cancel()
            await asyncio.gather(work, telling, return_exceptions=True)
            await engine.dispose()

    sessions = open_sessions(engine)
    title = f"{consumer.name} worker"
    return create_app(title, routers=(), lifespan=lifespan, ready=_answers(sessions))


async def _tell(every: timedelta) -> None:
    """Log once in a while what was done since; that nothing was is worth knowing too."""
    before = work_done()
    while True:
        await asyncio.sleep(every.total_seconds())
        done = work_done()
        log.info("worker.did", **(done - before), waiting=waiting())
        before = done


async def _keep_working(
    consumer: Consumer, tasks: Tasks, engine: AsyncEngine, nats_url: str, clock: Clock
) -> None:
    while True:
        try:
            await _work(consumer, tasks, engine, nats_url, clock)
        except Exception:  # noqa: BLE001  # whatever stopped the work, it must go on
            heed()  # a fault while all of it ended hides that it was to end
            log.exception("worker.stopped")
            await asyncio.sleep(PATIENCE)


async def _work(
    consumer: Consumer, tasks: Tasks, engine: AsyncEngine, nats_url: str, clock: Clock
) -> None:
    sessions = open_sessions(engine)
    begin = beginner(sessions, clock, f"/{consumer.name}")
    forget = Task(
        "forget-answers", lambda now: idempotency.forget(sessions, now), every=timedelta(hours=1)
    )
    timed = (*tasks(sessions, begin), forget)
    log.info("worker.started", consumer=consumer.name, tasks=[task.name for task in timed])
    async with asyncio.TaskGroup() as group:
        group.create_task(_exchange(consumer, sessions, begin, nats_url, clock))
        for task in timed:
            group.create_task(keep(task, clock))


async def _exchange(
    consumer: Consumer, sessions: Sessions, begin: BeginAs, nats_url: str, clock: Clock
) -> None:
    """Relay and consume for ever; a connection the bus has closed for good is replaced."""
    while True:
        bus = await connect(nats_url)
        log.info("bus.connected", consumer=consumer.name)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(relay(sessions, bus, clock))
                group.create_task(consume(consumer, bus, begin))
        finally:
            await bus.close()


async def connect(url: str) -> Client:
    """Connect to the bus, and go on trying whenever it is away."""
    bus = await nats.connect(
        url,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.5,
        error_cb=_note,
        reconnected_cb=_note_return,
        allow_reconnect=True,
    )
    try:
        await open_stream(bus.jetstream())
    except BaseException:
        await bus.close()
        raise
    return bus


async def _note(fault: Exception) -> None:
    log.warning("bus.fault", fault=repr(fault))


async def _note_return() -> None:
    log.info("bus.reconnected")


def _answers(sessions: Sessions) -> Ready:
    async def ready() -> None:
        async with sessions() as session:
            await session.execute(text("SELECT 1"))

    return ready


async def _answer_again(_: Request, known: Exception) -> Response:
    assert isinstance(known, AlreadyAnswered)  # noqa: S101  # Starlette hands over what it was told
    return known.response


async def _excuse(_: Request, fault: Exception) -> Response:
    """Answer 503 while the database is away; anything else stays the fault it is."""
    if not is_away(fault):
        raise fault
    log.warning("database_away", fault=repr(fault))
    return render(Unavailable())
