import asyncio
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.content.staff.credentials import digest
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


def _run(url: str, statements: str, **values: object) -> list[tuple[object, ...]]:
    """Run statements one by one; return the rows of the last one."""

    async def run() -> list[tuple[object, ...]]:
        engine = create_async_engine(url)
        rows: list[tuple[object, ...]] = []
        async with engine.begin() as connection:
            for statement in statements.split(";"):
                result = await connection.execute(text(statement), values)
                rows = [tuple(row) for row in result] if result.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(run())


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


def test_sites_and_columns_from_before_the_life_cycle_stay_open_and_shown(
    url: str, history: Config
) -> None:
    command.upgrade(history, "0ebf88f60b23")
    _run(url, BEFORE_LIFE_CYCLE)
    upgrade("content", url)
    assert _run(url, AFTER_LIFE_CYCLE) == [("open", False, 0, [])]


OLD = """
INSERT INTO organizations (id, code, name, kind, level, path, version)
    VALUES (:some, '34', 'x', 'government', 'city', '34', 1);
INSERT INTO clients (id, name, kind, organization, secret_digest)
    VALUES (:some, 'x', 'partner', '34', :digest);
INSERT INTO people (id, login, name, organization, password_hash, active, version)
    VALUES (:some, 'x', 'x', '34', 'x', true, 1);
INSERT INTO refresh_tokens (digest, family, person_id, expires_at, used_at)
    VALUES ('a', :family, :some, now(), now()),
    ('b', :family, :some, now() + interval '1 hour', NULL);
INSERT INTO failed_logins (id, login, failed_at) VALUES (:some, 'x', now())
"""
KEYS = "SELECT digest, verbs, revoked_at, expires_at > now() FROM client_keys"
SESSIONS = """
SELECT sessions.id, sessions.ended_at, count(*) FROM refresh_tokens
    JOIN sessions ON sessions.id = session_id GROUP BY sessions.id
"""
SECRETS = "SELECT secret_digest, revoked_at FROM clients"
FAMILIES = "SELECT family, count(*) FROM refresh_tokens GROUP BY family"


def test_programs_and_logins_survive_the_coming_of_keys_and_sessions(
    url: str, history: Config
) -> None:
    command.upgrade(history, "0ebf88f60b23")
    secret, family = digest("zb_secret"), UUID(int=2)
    _run(url, OLD, some=UUID(int=1), family=family, digest=secret)
    upgrade("content", url)
    assert _run(url, KEYS) == [(secret, ["subscribe"], None, True)]
    assert _run(url, SESSIONS) == [(family, None, 2)]
    command.downgrade(history, "b5b7644d103d")
    assert _run(url, SECRETS) == [(secret, None)]
    assert _run(url, FAMILIES) == [(family, 2)]


WAITING = """
INSERT INTO subscriptions (id, partner, url, site_codes, generation, active, version)
    VALUES (:open, '34', 'https://a.example.org/', '[]', 1, true, 1),
    (:gone, '34', 'https://b.example.org/', '[]', 1, false, 1);
INSERT INTO deliveries (id, subscription_id, event_id, type, subject, payload, due_at) VALUES
    ('019d0000-0000-7000-8000-000000000002', :open, :open, 't', 's', 'b', now()),
    ('019c0000-0000-7000-8000-000000000001', :open, :gone, 't', 's', 'a', now())
"""
# As a worker of the version before, which knows nothing of positions, goes on for a while.
MEANWHILE = """
INSERT INTO deliveries (id, subscription_id, event_id, type, subject, payload, due_at)
    VALUES (gen_random_uuid(), :open, gen_random_uuid(), 't', 's', 'c', now())
"""
IN_ORDER = "SELECT payload, position, extract(year FROM made_at) FROM deliveries ORDER BY position"


def test_messages_that_waited_keep_their_order_and_subscriptions_go_on(
    url: str, history: Config
) -> None:
    command.upgrade(history, "5f0c3a7d9e21")
    subscriptions = {"open": UUID(int=1), "gone": UUID(int=2)}
    _run(url, WAITING, **subscriptions)
    upgrade("content", url)
    _run(url, MEANWHILE, **subscriptions)
    kept = _run(url, IN_ORDER)
    assert [row[:2] for row in kept] == [("a", 1), ("b", 2), ("c", 3)]
    assert kept[0][2] == 2026
    disabled = "SELECT active, disabled, payload, paused FROM subscriptions ORDER BY url"
    assert _run(url, disabled) == [(True, None, "thin", False), (False, "gone", "thin", False)]
