import asyncio

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.migration import configuration, upgrade
from tests.support.databases import fresh_database


@pytest.fixture
def url(worker_id: str) -> str:
    return fresh_database(f"zhengbu_test_{worker_id}_content_migrations")


@pytest.fixture
def history(url: str) -> Config:
    return configuration("content", url)


def _tables(url: str) -> set[str]:
    async def names() -> set[str]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            found = await connection.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            )
            tables = set(found.all())
        await engine.dispose()
        return tables

    return asyncio.run(names())


def test_an_empty_database_gets_every_table_and_nothing_is_left_to_do(
    url: str, history: Config
) -> None:
    upgrade("content", url)
    assert {"items", "live", "changes", "deliveries", "outbox", "inbox"} <= _tables(url)
    command.check(history)


def test_the_history_can_be_walked_back_and_forward(url: str, history: Config) -> None:
    upgrade("content", url)
    tables = _tables(url)
    command.downgrade(history, "base")
    assert _tables(url) == {"alembic_version"}
    upgrade("content", url)
    assert _tables(url) == tables
    upgrade("content", url)
