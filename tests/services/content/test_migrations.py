import asyncio
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.migration import configuration, upgrade
from tests.support.databases import fresh_database

BEFORE_LIFE_CYCLE = """
INSERT INTO organizations (id, code, name, kind, level, path, version)
  VALUES (gen_random_uuid(), '34', '省', 'government', 'province', '34', 1);
INSERT INTO sites
  (id, code, name, domain, level, region, supervising, sponsoring, operating, version)
  VALUES (gen_random_uuid(), '3400000001', '网站', 'a.gov.cn', 'province', '340000',
    '34', '34', '34', 1);
INSERT INTO columns (id, site_code, name, kind, version)
  VALUES (gen_random_uuid(), '3400000001', '要闻', 'news', 1)
"""
AFTER_LIFE_CYCLE = (
    "SELECT state, hidden, position, keywords FROM sites JOIN columns ON site_code = code"
)


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


async def _carry_out(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Carry SQL out; return the rows of the last statement."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        done = [await connection.execute(text(statement)) for statement in statements]
        rows = [tuple(row) for row in done[-1]] if done[-1].returns_rows else []
    await engine.dispose()
    return rows


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


def test_sites_and_columns_from_before_the_life_cycle_stay_open_and_shown(
    url: str, history: Config
) -> None:
    command.upgrade(history, "0ebf88f60b23")
    asyncio.run(_carry_out(url, *BEFORE_LIFE_CYCLE.split(";")))
    upgrade("content", url)
    assert asyncio.run(_carry_out(url, AFTER_LIFE_CYCLE)) == [("open", False, 0, [])]
