import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from obstore.store import MemoryStore
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.content.app import ContentKeys, create_content
from services.content.staff.router.authorities import Authorities
from services.content.worker import CONSUMER
from shared.db import Sessions, open_readings, open_sessions
from shared.files.adapters.storage import Files
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.requests import House
from shared.uow import BeginAs, beginner
from tests.factories import content
from tests.support import databases, people
from tests.support.houses import house_on, nothing_to_close, routed
from tests.support.web import LOOPBACK

SUBSCRIPTION_KEY = "subscription key of the tests, long enough"
CHANNEL_KEY = "channel key of the tests, and long enough"
DIGEST = (
    "SELECT coalesce(md5(string_agg(row::text, chr(10) ORDER BY row::text)), '') FROM {} AS row"
)
Announced = Callable[[], Awaitable[list[str]]]
Hear = Callable[[], Awaitable[int]]
Unchanged = Callable[[], AbstractAsyncContextManager[None]]


@dataclass
class Watch:
    """A clock that stands still until a test turns it."""

    now: datetime = people.NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def service() -> str:
    return "content"


@pytest.fixture
def watch() -> Watch:
    return Watch()


def app_in(house: House) -> FastAPI:
    authorities = Authorities(people.KEY, people.FOUNDING_SECRET, passwords=people.PASSWORDS)
    files = Files(MemoryStore())
    keys = ContentKeys(SUBSCRIPTION_KEY, CHANNEL_KEY, people.STATEMENT_KEYS)
    app = create_content(house, authorities, files, keys, nothing_to_close, allowed=LOOPBACK)
    return routed(app)


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://content")


@dataclass(frozen=True)
class Founding:
    """A database in which the group stands, and the group."""

    address: str
    group: content.Group


@pytest.fixture(scope="session")
def founding(database_urls: dict[str, str], worker_id: str) -> Founding:
    """The group as founded once through the API, for every test that has one to begin from."""
    template = database_urls["content"].rpartition("/")[2]
    address = databases.fresh_database(f"zhengbu_test_{worker_id}_founded", template)
    return Founding(address, asyncio.run(found_at(address)))


async def found_at(address: str) -> content.Group:
    engine = create_async_engine(address)
    async with client_of(app_in(house_on(open_sessions(engine), "/content"))) as client:
        group = await content.found(client)
    await engine.dispose()
    return group


@pytest.fixture
def database(request: pytest.FixtureRequest, database_urls: dict[str, str]) -> str:
    """Where the group stands if the test has one, and where nothing stands if it has none."""
    if "founding" not in request.fixturenames:
        return database_urls["content"]
    founding: Founding = request.getfixturevalue("founding")
    return founding.address


@pytest.fixture
def app(sessions: Sessions, watch: Watch) -> FastAPI:
    return app_in(replace(house_on(sessions, "/content"), clock=watch))


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest.fixture
def group(founding: Founding, client: httpx.AsyncClient) -> content.Group:
    """The founded group, acting through this test's client."""
    return replace(founding.group, client=client)


@pytest.fixture
def real_sessions(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine)


@pytest_asyncio.fixture
async def real_client(
    engine: AsyncEngine, real_sessions: Sessions, watch: Watch
) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose requests each have a connection and a commit of their own."""
    house = house_on(real_sessions, "/content")
    async with client_of(
        app_in(replace(house, clock=watch, readings=open_readings(engine)))
    ) as client:
        yield client


@pytest_asyncio.fixture
async def real_group(real_client: httpx.AsyncClient) -> content.Group:
    return await content.found(real_client)


@pytest.fixture
def begin(sessions: Sessions, watch: Watch) -> BeginAs:
    return beginner(sessions, watch, "/content")


def hear_all(sessions: Sessions, begin: BeginAs) -> Hear:
    async def hear() -> int:
        heard = 0
        while True:
            async with sessions() as session:
                question = select(OutboxMessage).order_by(OutboxMessage.position).offset(heard)
                messages = (await session.scalars(question)).all()
            for message in messages:
                await take_in(CONSUMER, begin, message.envelope())
            if not messages:
                return heard
            heard += len(messages)

    return hear


@pytest.fixture
def hear(sessions: Sessions, begin: BeginAs) -> Hear:
    """Let the content worker take in every event there is, once more."""
    return hear_all(sessions, begin)


@pytest.fixture
def announced(sessions: Sessions) -> Announced:
    """Return the types of the events announced so far, in order."""

    async def types() -> list[str]:
        async with sessions() as session:
            question = select(OutboxMessage.type).order_by(OutboxMessage.position)
            return list(await session.scalars(question))

    return types


@pytest.fixture
def unchanged(sessions: Sessions) -> Unchanged:
    """Fail if any row of any table, the outbox included, is not as it was before."""

    async def rows() -> dict[str, str]:
        async with sessions() as session:
            names = await session.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            )
            return {
                name: str(await session.scalar(text(DIGEST.format(name)))) for name in names.all()
            }

    @asynccontextmanager
    async def watching() -> AsyncIterator[None]:
        before = await rows()
        yield
        after = await rows()
        assert {name for name in before if before[name] != after[name]} == set()

    return watching
