from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.content.syndication.reposting.schedule import tasks
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import COUNTY_EDITOR, COUNTY_OFFICE, COUNTY_SITE, Group
from tests.services.content.conftest import Hear, Watch
from tests.support.people import person

COUNTY_LEADER = person(
    Permission.REVIEW, Permission.WITHDRAW, at=COUNTY_OFFICE, name="county-leader"
)
COUNTY_SECRECY = person(Permission.REVIEW_SECRECY, at=COUNTY_OFFICE, name="county-secrecy")

ActByRule = Callable[[], Awaitable[int]]


@dataclass
class CountyDesk:
    """What the county's responsible person does about what others published."""

    group: Group

    async def take(self, item: Any, actor: Actor = COUNTY_EDITOR, **fields: Any) -> httpx.Response:
        """Take an item over of the county's own accord."""
        column = self.group.county_columns["policies"]
        new = {"item_id": item["id"], "column_id": column, **fields}
        return await self.group.send(actor, "POST", "/v1/reposts", new)

    async def taken(self, item: Any, **fields: Any) -> Any:
        done = await self.take(item, **fields)
        assert done.status_code == 201, done.text
        return done.json()

    async def make_rule(self, actor: Actor = COUNTY_EDITOR, **fields: Any) -> httpx.Response:
        """Let the county accept what fits, everything if nothing is said."""
        column = self.group.county_columns["policies"]
        new = {"site_code": COUNTY_SITE, "column_id": column, **fields}
        return await self.group.send(actor, "POST", "/v1/acceptance-rules", new)

    async def rule(self, **fields: Any) -> Any:
        done = await self.make_rule(**fields)
        assert done.status_code == 201, done.text
        return done.json()

    async def owed(self) -> Any:
        """What the county owes under the newest directive."""
        listed = await self.group.send(COUNTY_EDITOR, "GET", "/v1/obligations?first=1")
        return listed.json()["items"][0]

    async def propose(self, owed: Any, **fields: Any) -> httpx.Response:
        new = {"column_id": self.group.county_columns["policies"], **fields}
        path = f"/v1/obligations/{owed['id']}/rewording"
        return await self.group.send(COUNTY_EDITOR, "PUT", path, new, version=owed["version"])

    async def proposed(self, owed: Any, **fields: Any) -> Any:
        done = await self.propose(owed, **fields)
        assert done.status_code == 200, done.text
        return done.json()

    async def review(self, actor: Actor, text: Any, step: str, **fields: Any) -> httpx.Response:
        decision = {"step": step, "verdict": "approve", "content_hash": text["content_hash"]}
        path = f"/v1/obligations/{text['obligation_id']}/rewording/reviews"
        return await self.group.send(
            actor, "POST", path, {**decision, **fields}, version=text["version"]
        )

    async def clear(self, text: Any) -> Any:
        """Have both reviewers consent; then the repost is placed."""
        for actor, step in ((COUNTY_LEADER, "leader"), (COUNTY_SECRECY, "secrecy")):
            done = await self.review(actor, text, step)
            assert done.status_code == 200, done.text
            text = done.json()
        return text


@pytest.fixture
def desk(group: Group) -> CountyDesk:
    return CountyDesk(group)


@pytest.fixture
def act_by_rule(sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch) -> ActByRule:
    """Let the worker hear of directives, and the rules of sites look at what they owe."""
    return _acting(sessions, begin, hear, watch)


def _acting(sessions: Sessions, begin: BeginAs, hear: Hear, watch: Watch) -> ActByRule:
    async def act() -> int:
        await hear()
        watch.turn(timedelta(seconds=1))
        (task,) = tasks(sessions, begin)
        done = 0
        while ran := await task.run(watch()):
            done += ran
        return done

    return act


@pytest.fixture
def real_desk(real_group: Group) -> CountyDesk:
    return CountyDesk(real_group)


@pytest.fixture
def really_act(
    real_sessions: Sessions, real_begin: BeginAs, real_hear: Hear, watch: Watch
) -> ActByRule:
    return _acting(real_sessions, real_begin, real_hear, watch)
