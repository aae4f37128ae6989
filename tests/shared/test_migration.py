import sys
from subprocess import Popen

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.migration import configuration, upgrade
from tests.support import databases


@pytest.fixture
def empty_database(worker_id: str) -> str:
    return databases.fresh_database(f"zhengbu_test_{worker_id}_migration")


def upgrade_thrice_at_once(url: str) -> None:
    program = f"from shared.migration import upgrade; upgrade('content', '{url}')"
    people = [Popen([sys.executable, "-c", program]) for _ in range(3)]  # noqa: S603  # our own
    assert [person.wait(30) for person in people] == [0, 0, 0]


@pytest.fixture
def upgraded_database(empty_database: str) -> str:
    upgrade_thrice_at_once(empty_database)
    upgrade("content", empty_database)
    return empty_database


async def test_upgrades_at_once_are_one_upgrade(upgraded_database: str) -> None:
    engine = create_async_engine(upgraded_database)
    async with engine.connect() as connection:
        versions = await connection.scalars(text("SELECT version_num FROM alembic_version"))
        assert len(versions.all()) == 1
        assert await connection.scalar(text("SELECT count(*) FROM outbox")) == 0
    await engine.dispose()


def test_an_address_with_a_percent_sign_is_taken_as_it_is() -> None:
    url = "postgresql+asyncpg://zhengbu:p%40ss@db/zhengbu"
    assert configuration("content", url).attributes["url"] == url
