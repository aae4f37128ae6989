"""Bringing a service's database to the shape its code expects."""

import asyncio
from collections.abc import Sequence
from importlib.resources import files

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, func, pool, select
from sqlalchemy.ext.asyncio import create_async_engine


def configuration(service: str, url: str) -> Config:
    """Return Alembic's configuration for one service's history and database."""
    config = Config()
    config.set_main_option("script_location", str(files(f"services.{service}.migrations")))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(service: str, url: str) -> None:
    """Apply every migration not yet applied; two that try at once do it once."""
    command.upgrade(configuration(service, url), "head")


def run(service: str, metadata: Sequence[MetaData]) -> None:
    """Serve one service's `migrations/env.py`: migrate the database its configuration names."""

    def migrate(connection: Connection) -> None:
        context.configure(
            connection=connection, target_metadata=metadata, compare_server_default=True
        )
        with context.begin_transaction():
            lock = func.hashtextextended(f"migrate:{service}", 0)
            connection.execute(select(func.pg_advisory_xact_lock(lock)))
            context.run_migrations()

    async def connect() -> None:
        engine = create_async_engine(context.config.attributes["url"], poolclass=pool.NullPool)
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
        await engine.dispose()

    asyncio.run(connect())
