import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import update

from services.content.release.models import Live
from services.content.syndication.recalls.schedule import tasks
from shared.auth import Actor
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import COUNTY_EDITOR, EDITOR, Group
from tests.services.content.conftest import Founding, Hear, Watch
from tests.services.content.syndication.verification.conftest import APART, Prober, page
from tests.support.people import STATEMENT_KEYS, bearer
from tests.support.web import Web, serving

HOUR, REST = timedelta(hours=1), timedelta(seconds=3)


@dataclass
class Recaller(Prober):
    """A prober, and the clocks that mark what is late and certify what is proved."""

    async def read(self, after: timedelta = timedelta()) -> int:
        """Read what is due, letting hosts rest in between until nothing is."""
        done = await super().read(after)
        while ran := await super().read(REST):
            done += ran
        return done

    async def tick(self, after: timedelta = timedelta()) -> None:
        """Read what is due, let deadlines pass and certify."""
        await self.read(after)
        missing, certify = tasks(self.sessions, self.begin, STATEMENT_KEYS.key)
        for task in (missing, certify):
            while await task.run(self.watch()):
                pass

    async def tick_twice(self) -> None:
        await self.tick()
        await self.tick(APART)

    async def verified(self, item: Any, **directive: Any) -> Any:
        """What the county owes after its page was read and found to show the item."""
        owed = await self.claimed(item, page(item), **directive)
        await self.read_twice()
        return owed

    async def reposted(self, item: Any, path: str = "/own") -> Any:
        """The repost of an item on the county's own site, which this web draws."""
        owed = await self.group.owed(item)
        given = {"answer": "accept", "column_id": self.group.county_columns["policies"]}
        done = await self.group.answer(owed, **given)
        assert done.status_code == 200, done.text
        async with self.sessions.begin() as session:
            moved = update(Live).where(Live.item_id == UUID(done.json()["repost_id"]))
            await session.execute(moved.values(url=self.url(path)))
        self.web.answers[path] = page(item)
        await self.hear()
        return done.json()

    async def withdrawn(self, item: Any, **fields: Any) -> Any:
        """The recall that follows a withdrawal."""
        await self.group.withdraw(item, **fields)
        await self.hear()
        return await self.recall()

    async def corrected(self, item: Any, **fields: Any) -> Any:
        """The item with a new public text, and the recall that follows."""
        again = await self.group.revised(item, correction_note="更正。", **fields)
        self.watch.turn(timedelta(minutes=1))
        assert (await self.group.release(again)).status_code == 201
        await self.hear()
        return again, await self.recall()

    async def get(self, path: str, actor: Actor = EDITOR) -> Any:
        done = await self.ask(path, actor)
        assert done.status_code == 200, (path, done.text)
        return done.json()

    async def recall(self) -> Any:
        return next(iter((await self.get("/v1/recalls?first=1"))["items"]), None)

    async def copies(self, actor: Actor = COUNTY_EDITOR) -> list[Any]:
        found: list[Any] = (await self.get("/v1/copies", actor))["items"]
        return found

    async def copy(self) -> Any:
        (found,) = await self.copies()
        return found

    async def report(
        self, copy: Any, actor: Actor = COUNTY_EDITOR, body: Any = None, **fields: Any
    ) -> httpx.Response:
        headers = bearer(actor, self.watch()) | {"If-Match": f'"{copy["version"]}"'} | fields
        path = f"/v1/copies/{copy['id']}/report"
        return await self.group.client.post(path, json=body or {}, headers=headers)

    async def keep(self, folder: Path, statement: Any) -> tuple[Path, Path]:
        """Write a statement and the keys as a partner would keep them."""
        told, keys = folder / "statement.json", folder / "keys.json"
        published = await self.group.client.get("/.well-known/statement-keys.json")
        told.write_text(json.dumps(statement, ensure_ascii=False, indent=1))
        keys.write_bytes(published.content)
        return told, keys


@pytest.fixture
def group(founding: Founding, client: httpx.AsyncClient, watch: Watch) -> Group:
    """The founded group, whose people log in again whenever the clock is turned."""
    return replace(founding.group, client=client, clock=watch)


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as web:
        yield web


@pytest.fixture
def recaller(
    group: Group, sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch, web: Web
) -> Recaller:
    return Recaller(group, sessions, begin, hear, watch, web)
