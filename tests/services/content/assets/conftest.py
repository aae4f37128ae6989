from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from obstore.store import LocalStore

from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.workshop import Workshop
from services.content.assets.schedule import tasks
from shared.auth import Actor
from shared.db import Sessions
from shared.files.adapters.storage import Files
from shared.uow import BeginAs
from tests.factories.content import EDITOR, SITE, Group
from tests.services.content.conftest import Watch
from tests.support import papers
from tests.support.people import bearer
from tests.support.scanners import Clamd, listening

Work = Callable[..., Awaitable[None]]


@dataclass
class Office:
    """A group whose people upload files, and the store where the files lie."""

    group: Group
    folder: Path
    files: Files
    now: Watch

    async def upload(
        self,
        name: str = "a.docx",
        data: bytes | None = None,
        *,
        actor: Actor | None = EDITOR,
        site: str = SITE,
        **headers: str,
    ) -> httpx.Response:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return await self.group.client.post(
            "/v1/assets",
            data={"site_code": site},
            files={"file": (name, papers.docx() if data is None else data)},
            headers=named | (bearer(actor) if actor else {}),
        )

    async def uploaded(self, name: str = "a.docx", data: bytes | None = None) -> Any:
        done = await self.upload(name, data)
        assert done.status_code == 201, done.text
        return done.json()

    async def shown(self, asset: Any) -> Any:
        path, headers = f"/v1/assets/{asset['id']}", bearer(EDITOR, self.now())
        shown = await self.group.client.get(path, headers=headers)
        assert shown.status_code == 200, shown.text
        return shown.json()

    def stored(self) -> list[str]:
        """Where objects lie, without the id before them."""
        found = (
            path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file()
        )
        return sorted("/".join(path.parts[1:]) for path in found)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(LocalStore(tmp_path / "files", mkdir=True))


@pytest.fixture
def office(group: Group, app: FastAPI, files: Files, tmp_path: Path, watch: Watch) -> Office:
    app.state.files = files
    return Office(group, tmp_path / "files", files, watch)


@pytest.fixture
def work(sessions: Sessions, begin: BeginAs, files: Files, watch: Watch) -> Work:
    """Do all the work on files that is due, with this equipment."""

    async def until_done(*, clamd: str | None = None, ffmpeg: str | None = program(None)) -> None:
        clocks = tasks(sessions, begin, Workshop(files, clamd, ffmpeg))
        while sum([await clock.run(watch()) for clock in clocks]):
            continue

    return until_done


@pytest_asyncio.fixture
async def clamd() -> AsyncIterator[Clamd]:
    async with listening() as scanner:
        yield scanner
