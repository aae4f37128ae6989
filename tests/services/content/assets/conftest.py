import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from obstore.store import LocalStore

from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.storage import Files
from services.content.assets.adapters.workshop import Workshop
from services.content.assets.schedule import tasks
from shared.auth import Actor
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import EDITOR, SITE, Group
from tests.services.content.conftest import Watch
from tests.support import papers
from tests.support.people import bearer

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


@dataclass
class Clamd:
    """A loopback server that speaks clamd's protocol and finds what it is told to find."""

    port: int = 0
    answer: bytes = b"stream: OK\0"
    scanned: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readuntil(b"\0") == b"zVERSION\0":
            writer.write(b"ClamAV 1.4.3/27800/Mon Mar  2 08:00:00 2026\0")
        else:
            data = b""
            while size := struct.unpack(">I", await reader.readexactly(4))[0]:
                data += await reader.readexactly(size)
            self.scanned.append(data)
            writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest_asyncio.fixture
async def clamd() -> AsyncIterator[Clamd]:
    listening = Clamd()
    server = await asyncio.start_server(listening.serve, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listening
