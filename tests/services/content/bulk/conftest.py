from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import obstore
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.workshop import Workshop
from shared.db import Sessions, open_readings
from shared.files.adapters.storage import Files, open_files
from shared.settings import FilesSettings
from tests.factories.content import Group
from tests.services.content.assets.conftest import clamd  # noqa: F401  # a fixture
from tests.services.content.bulk.lines import leader
from tests.services.content.conftest import Watch, app_in, client_of
from tests.support import buckets
from tests.support.houses import house_on

Rows = Callable[[str], Awaitable[list[Any]]]


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Where files lie: a folder, or a bucket for the tests that ask for one."""
    if getattr(request, "param", "folder") == "folder":
        yield open_files(FilesSettings(files=str(tmp_path / "store")))
        return
    with buckets.bucket() as settings:
        yield open_files(settings)


@pytest.fixture
def workshop(store: Files) -> Workshop:
    return Workshop(store, ffmpeg=program(None))


@pytest_asyncio.fixture
async def real_client(
    engine: AsyncEngine, real_sessions: Sessions, watch: Watch, store: Files
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API that serves from the same store."""
    house = house_on(real_sessions, "/content")
    app = app_in(replace(house, clock=watch, readings=open_readings(engine)))
    app.state.files = store
    async with client_of(app) as client:
        yield client


@pytest.fixture
def rows(real_sessions: Sessions) -> Rows:
    async def ask(question: str) -> list[Any]:
        async with real_sessions() as session:
            return list((await session.execute(text(question))).all())

    return ask


@pytest_asyncio.fixture
async def ready(real_group: Group) -> Group:
    await leader(real_group)
    return real_group


def stored(files: Files) -> list[str]:
    """Where objects lie, without the id before them."""
    found = [each["path"] for part in obstore.list(files.store) for each in part]
    return sorted(path.partition("/")[2] for path in found)
