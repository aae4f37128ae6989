import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from deploy.local.servers import Server, start_nats, start_postgres
from shared import db, idempotency, inbox, outbox
from shared.db import Sessions, open_sessions
from tests.support import bus, databases

TABLES = (idempotency, inbox, outbox)
NAMES = ("shared", "desk")


@pytest.fixture(scope="session")
def database_urls(worker_id: str) -> dict[str, str]:
    """Databases with nothing but the ground, and the table of the tests' tiny service."""
    urls = {name: databases.fresh_database(f"zhengbu_test_{worker_id}_{name}") for name in NAMES}
    for url in urls.values():
        asyncio.run(create_tables(url))
    return urls


async def create_tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for metadata in (db.Ground.metadata, bus.Ground.metadata):
            await connection.run_sync(metadata.create_all)
    await engine.dispose()


@pytest.fixture
def service() -> str:
    return "shared"


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    """Sessions whose commits are real."""
    return open_sessions(engine)


class Restartable:
    """A server of the test's own, that it may stop and start again: same port, same data."""

    def __init__(self, start: Callable[..., Server]) -> None:
        self._start = start
        self._server = start()
        self.url = self._server.url

    async def stop(self) -> None:
        await asyncio.to_thread(self._server.stop)

    async def start_again(self) -> None:
        port = int(self.url.rpartition(":")[2])
        self._server = await asyncio.to_thread(self._start, port=port)

    def end(self) -> None:
        self._server.stop()


@pytest.fixture
def restartable_nats(tmp_path: Path) -> Iterator[Restartable]:
    server = Restartable(partial(start_nats, tmp_path / "nats"))
    yield server
    server.end()


@pytest.fixture
def restartable_postgres() -> Iterator[Restartable]:
    home = Path(tempfile.mkdtemp(prefix="zhengbu-"))
    home.chmod(0o711)
    server = Restartable(partial(start_postgres, home, options=["fsync=off"]))
    yield server
    server.end()
    shutil.rmtree(home)


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[Server]:
    """A bus of the test's own."""
    server = start_nats(tmp_path / "nats")
    yield server
    server.stop()
