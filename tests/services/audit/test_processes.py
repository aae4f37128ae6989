import asyncio
import os
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.audit import app, worker
from services.audit.trail.models import Checkpoint, Entry
from services.audit.worker import CONSUMER
from shared.auth import system
from shared.contracts.staff import PersonJoined
from shared.db import open_sessions, utc_now
from shared.ids import new_id
from shared.uow import beginner
from tests.factories.audit import CITY

ENVIRONMENT = {
    "ZHENGBU_ENVIRONMENT": "development",
    "ZHENGBU_AUDIT_DATABASE_URL": "postgresql+asyncpg://127.0.0.1/none",
    "ZHENGBU_AUDIT_CHECKPOINT_KEY": f"demonstration-{bytes(range(32)).hex()}",
    "ZHENGBU_CURSOR_KEY": "c" * 32,
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    logging = structlog.get_config()
    yield
    structlog.configure(**logging)


def test_the_api_starts_without_the_key_of_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGBU_AUDIT_CHECKPOINT_KEY")
    assert app.create().title == "Zhengbu audit"


def test_the_worker_listens_to_everything() -> None:
    assert CONSUMER.handlers("whatever.may.come")


async def test_what_is_announced_on_the_bus_ends_up_under_a_signed_checkpoint(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ZHENGBU_AUDIT_DATABASE_URL", url)
    monkeypatch.setenv("ZHENGBU_NATS_URL", os.environ["ZHENGBU_NATS_URL"])
    sessions, person = open_sessions(engine), new_id()
    async with beginner(sessions, utc_now, "/audit")(system("test"), "test") as uow:
        uow.announce(PersonJoined(person_id=person, organization=CITY))
    covered = (
        select(Checkpoint.size)
        .join(Entry, Entry.sequence < Checkpoint.size)
        .where(Entry.subject == str(person))
    )
    process = worker.create()
    async with process.router.lifespan_context(process), asyncio.timeout(20):
        size = None
        while size is None:
            await asyncio.sleep(0.1)
            async with sessions() as session:
                size = await session.scalar(covered.limit(1))
