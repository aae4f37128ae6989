from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.link_reading.models import LinkReading
from services.content.editorial.schedule import tasks
from shared.db import Sessions
from shared.outbound import NoAnswer, Outside, Unanswered
from shared.schedule import Task
from shared.uow import BeginAs
from tests.services.content.conftest import Hear, Watch
from tests.support.web import LOOPBACK, Web, names, serving

NAME = "link reader of the tests"
APART = timedelta(minutes=10)


@dataclass
class Office:
    """What reads links and checks items again, over a web whose names a test may break."""

    sessions: Sessions
    begin: BeginAs
    hear: Hear
    watch: Watch
    web: Web
    reads: bool = True
    hosts: set[str] = field(default_factory=lambda: {"page.test", "other.test"})
    is_cut_off: bool = False

    @property
    def reader(self) -> Reader:
        async def resolve(host: str, port: int) -> object:
            if self.is_cut_off:
                raise Unanswered(NoAnswer.LOOKUP_FAILED)
            return await names(**dict.fromkeys(self.hosts, "127.0.0.1"))(host, port)

        return Reader(Outside(LOOPBACK, resolve), NAME)  # type: ignore[arg-type]  # as looked up

    def task(self, name: str) -> Task:
        given = tasks(self.sessions, self.begin, self.reader if self.reads else None)
        return next(task for task in given if task.name == name)

    async def run(self, name: str) -> int:
        """Let one clock tick until nothing is due; return how much it did."""
        done, task = 0, self.task(name)
        while ran := await task.run(self.watch()):
            done += ran
        return done

    async def read(self, after: timedelta = timedelta()) -> int:
        self.watch.turn(after)
        await self.hear()
        return await self.run("read-links")

    async def find_dead(self) -> None:
        """Read what is due twice, and let the items hear of it."""
        await self.read()
        await self.read(APART)
        await self.run("check-items-again")

    async def links(self) -> dict[str, LinkReading]:
        async with self.sessions() as session:
            return {link.url: link for link in await session.scalars(select(LinkReading))}


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as web:
        yield web


@pytest.fixture
def office(sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch, web: Web) -> Office:
    return Office(sessions, begin, hear, watch, web)
