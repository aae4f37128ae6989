from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import settings
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    async_sessionmaker,
    create_async_engine,
)

from shared import telemetry
from shared.db import Sessions
from tests.support import databases
from tests.support.queries import CountQueries, count_queries_on

settings.register_profile("zhengbu", deadline=None)
settings.load_profile("zhengbu")


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "how many messages are under way while those who deliver them are killed"
    parser.addoption("--deliveries", type=int, default=400, help=told)


def pytest_configure(config: pytest.Config) -> None:
    telemetry.configure("tests", "WARNING")
    if not hasattr(config, "workerinput"):
        config.servers = databases.start_servers()  # type: ignore[attr-defined]  # kept until the end


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "servers"):
        databases.stop_servers(*config.servers)


@pytest.fixture(scope="session")
def database_urls(worker_id: str) -> dict[str, str]:
    return {name: databases.migrated_database(name, worker_id) for name in databases.SERVICES}


@pytest.fixture
def service() -> str:
    """Which service's database a test works on; a folder's conftest overrides it."""
    raise NotImplementedError


@pytest.fixture
def database(database_urls: dict[str, str], service: str) -> str:
    """The database that a test begins from and leaves as it was."""
    return database_urls[service]


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[AsyncConnection]:
    """A connection whose outer transaction is rolled back when the test ends."""
    async with databases.lasting_engine(database).connect() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()


@pytest.fixture
def sessions(connection: AsyncConnection) -> Sessions:
    return async_sessionmaker(
        connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
    )


@pytest.fixture
def count_queries(connection: AsyncConnection) -> CountQueries:
    assert connection.sync_connection is not None
    return count_queries_on(connection.sync_connection)


@pytest_asyncio.fixture
async def engine(database_urls: dict[str, str], service: str) -> AsyncIterator[AsyncEngine]:
    """An engine whose commits are real; every table is emptied when the test ends."""
    engine = create_async_engine(database_urls[service])
    yield engine
    await databases.empty(engine)
    await engine.dispose()
