from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from obstore.store import LocalStore

from services.interaction.mailbox.attachments.adapters import Judge, Reception
from services.interaction.mailbox.attachments.schedule import tasks
from shared.auth import Actor
from shared.db import Sessions
from shared.files.adapters.storage import Files
from shared.uow import BeginAs
from tests.services.interaction.conftest import CLERK, HEAD, Clock, Mailbox
from tests.support import papers, people
from tests.support.receptions import reception_over

Work = Callable[..., Awaitable[None]]


@dataclass
class Post:
    """The mailbox, with files put to its letters."""

    mailbox: Mailbox
    folder: Path

    async def upload(
        self, name: str = "现场.jpg", data: bytes | None = None, **headers: str
    ) -> httpx.Response:
        return await self.mailbox.client.post(
            "/v1/public/letter-attachments",
            files={"file": (name, papers.photograph() if data is None else data)},
            headers=headers,
        )

    async def uploaded(self, name: str = "现场.jpg", data: bytes | None = None) -> str:
        answer = await self.upload(name, data)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["claim"])

    async def letter(self, *files: tuple[str, bytes], **over: Any) -> dict[str, Any]:
        """A letter with these files that was given to its unit."""
        claims = [await self.uploaded(*file) for file in files]
        return await self.mailbox.dispatched(attachments=claims, **over)

    async def listed(self, number: str, actor: Actor = CLERK) -> list[dict[str, Any]]:
        answer = await self.get(actor, f"{await self.path(number)}/attachments")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    async def path(self, number: str) -> str:
        return f"/v1/letters/{(await self.mailbox.row(number)).id}"

    async def get(self, actor: Actor | None, path: str, **params: str) -> httpx.Response:
        headers = people.bearer(actor, self.mailbox.clock.now) if actor else {}
        return await self.mailbox.client.get(path, headers=headers, params=params)

    async def read(
        self, number: str, actor: Actor = CLERK, at: int = 0, **params: str
    ) -> httpx.Response:
        file = (await self.listed(number))[at]
        path = f"{await self.path(number)}/attachments/{file['id']}/content"
        return await self.get(actor, path, **params)

    async def redact(
        self, number: str, name: str, data: bytes, actor: Actor = CLERK, at: int = 0
    ) -> httpx.Response:
        file = (await self.listed(number))[at]
        return await self.mailbox.client.post(
            f"{await self.path(number)}/attachments/{file['id']}/redacted",
            files={"file": (name, data)},
            headers=people.bearer(actor, self.mailbox.clock.now),
        )

    async def decide(
        self, number: str, actor: Actor = HEAD, at: int = 0, **decision: Any
    ) -> httpx.Response:
        file = (await self.listed(number))[at]
        headers = people.bearer(actor, self.mailbox.clock.now)
        return await self.mailbox.client.put(
            f"{await self.path(number)}/attachments/{file['id']}/decision",
            json=decision,
            headers=headers | {"If-Match": f'"{file["version"]}"'},
        )

    def stored(self) -> list[bytes]:
        return [path.read_bytes() for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def reception(tmp_path: Path) -> Reception:
    return reception_over(Files(LocalStore(tmp_path / "files", mkdir=True)))


@pytest.fixture
def post(mailbox: Mailbox, tmp_path: Path) -> Post:
    return Post(mailbox, tmp_path / "files")


@pytest.fixture
def work(sessions: Sessions, begin: BeginAs, reception: Reception, clock: Clock) -> Work:
    """Do all the work on attachments that is due."""

    async def until_done(clamd: str | None = None) -> None:
        judge = Judge(reception.vault, clamd)
        clocks = tasks(sessions, begin, judge, reception.judging)
        while sum([await each.run(clock()) for each in clocks]):
            continue

    return until_done
