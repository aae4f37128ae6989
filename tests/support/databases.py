"""Databases for the tests: one for each service and test worker, migrated once."""

import asyncio
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from deploy.local.servers import Server, start_nats, start_postgres
from shared.migration import upgrade

SERVICES = ("content", "interaction", "audit")


def start_servers() -> tuple[list[Server], Path]:
    """Start what `ZHENGBU_POSTGRES_URL` and `ZHENGBU_NATS_URL` do not already name."""
    home = Path(tempfile.mkdtemp(prefix="zhengbu-"))
    home.chmod(0o711)
    started = []
    if "ZHENGBU_POSTGRES_URL" not in os.environ:
        started.append(start_postgres(home / "postgres", options=["fsync=off"]))
        os.environ["ZHENGBU_POSTGRES_URL"] = started[-1].url
    if "ZHENGBU_NATS_URL" not in os.environ:
        started.append(start_nats(home / "nats"))
        os.environ["ZHENGBU_NATS_URL"] = started[-1].url
    return started, home


def stop_servers(started: list[Server], home: Path) -> None:
    for server in started:
        server.stop()
    shutil.rmtree(home, ignore_errors=True)


def fresh_database(name: str, template: str = "template1") -> str:
    """Create a database like the template, in place of an older one; return its address."""
    server = os.environ["ZHENGBU_POSTGRES_URL"].rstrip("/")

    async def create() -> None:
        connection = await asyncpg.connect(
            server.replace("+asyncpg", "") + "/postgres", timeout=10
        )
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        await connection.close()

    asyncio.run(create())
    return f"{server}/{name}"


def migrated_database(service: str, worker: str) -> str:
    address = fresh_database(f"zhengbu_test_{worker}_{service}")
    upgrade(service, address)
    return address


@cache
def lasting_engine(address: str) -> AsyncEngine:
    """Return a worker's engine, which keeps no connection but every statement once compiled."""
    return create_async_engine(address, poolclass=NullPool)


async def empty(engine: AsyncEngine) -> None:
    """Empty every table that holds something, but Alembic's own; to ask first takes less long."""
    async with engine.begin() as connection:
        names = await connection.scalars(
            text(
                "SELECT quote_ident(tablename) FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
        )
        asks = (f"SELECT '{name}' WHERE EXISTS (TABLE {name})" for name in names)
        filled = (await connection.scalars(text(" UNION ALL ".join(asks)))).all()
        if filled:
            await connection.execute(
                text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE")
            )
