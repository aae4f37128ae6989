from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.services.interaction.conftest import OFFICE, Clock
from tests.support import people


def someone(number: int, *permissions: Permission) -> Actor:
    """A person whom the staff's register knows by an id."""
    return people.person(*permissions, at=OFFICE, name=str(UUID(int=number)))


ADMIN = someone(1, Permission.ADMINISTER)
LEADER = someone(2)
WANG, LI, ZHAO = (someone(number, Permission.DISPATCH) for number in (11, 12, 13))
ROSTER = {WANG.id: "王芳", LI.id: "李强", ZHAO.id: "赵敏"}
DESK = "/v1/duty-desks/office"
MARCH = {"since": "2026-03-02", "until": "2026-03-13"}  # ten working days, from today


def person_id(actor: Actor) -> str:
    return actor.id.removeprefix("person:")


class Desk:
    """The city office's desk as its people reach it: over HTTP, each act in one line."""

    everybody = (WANG, LI, ZHAO)

    def __init__(self, client: httpx.AsyncClient, sessions: Sessions, clock: Clock) -> None:
        self.client, self.sessions, self.clock = client, sessions, clock

    async def send(
        self, actor: Actor | None, method: str, path: str, body: Any = None, **more: Any
    ) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now) if actor else {}
        if "version" in more:
            headers["If-Match"] = f'"{more["version"]}"'
        return await self.client.request(
            method, path, json=body, headers=headers, params=more.get("params")
        )

    async def keyed(self, actor: Actor, path: str, version: int) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now) | {"Idempotency-Key": "once"}
        return await self.client.post(path, headers=headers | {"If-Match": f'"{version}"'})

    async def done(self, *asked: Any, **more: Any) -> Any:
        answer = await self.send(*asked, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def enrol(self, actor: Actor, name: str, **terms: Any) -> Any:
        new = {"person_id": person_id(actor), "name": name, **terms}
        return await self.done(ADMIN, "POST", f"{DESK}/members", new)

    async def member(self, actor: Actor) -> Any:
        found = await self.done(ADMIN, "GET", f"{DESK}/members")
        (member,) = [
            member
            for member in found["items"]
            if member["person_id"] == person_id(actor) and member["left_on"] is None
        ]
        return member

    async def leave(self, actor: Actor, by: Actor = ADMIN) -> Any:
        member = await self.member(actor)
        path = f"/v1/duty-members/{member['id']}/leaving"
        return await self.done(by, "POST", path, version=member["version"])

    async def draft(self, **period: str) -> Any:
        return await self.done(LEADER, "POST", f"{DESK}/rosters", period or MARCH)

    async def publish(self, **period: str) -> Any:
        drafted = await self.draft(**period)
        path = f"/v1/duty-rosters/{drafted['id']}/publication"
        return await self.done(LEADER, "POST", path, version=drafted["version"])

    async def duties(self, **params: str) -> list[Any]:
        found = await self.done(LEADER, "GET", f"{DESK}/duties", params={"first": 100, **params})
        items: list[Any] = found["items"]
        return items

    async def duty(self, on: str) -> Any:
        (found,) = await self.duties(since=on, until=on)
        return found

    async def of(self, actor: Actor) -> list[Any]:
        mine = await self.done(actor, "GET", "/v1/my-duties", params={"first": 100})
        items: list[Any] = mine["items"]
        return items

    async def act(self, actor: Actor, duty: Any, act: str, body: Any = None) -> httpx.Response:
        path = f"/v1/duties/{duty['id']}/{act}"
        return await self.send(actor, "POST", path, body, version=duty["version"])

    async def absent(self, actor: Actor, by: Actor, since: str, until: str) -> httpx.Response:
        member = await self.member(actor)
        days = {"since": since, "until": until}
        return await self.send(by, "POST", f"/v1/duty-members/{member['id']}/absences", days)

    async def announced(self, *types: str) -> list[dict[str, Any]]:
        """What was announced, all of it or of these types, in its order."""
        async with self.sessions() as session:
            messages = await session.scalars(
                select(OutboxMessage).order_by(OutboxMessage.position)
            )
            return [
                {"type": message.type.removeprefix("interaction."), **message.data}
                for message in messages
                if not types or message.type.removeprefix("interaction.") in types
            ]


@pytest.fixture
def empty_desk(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    group: None,  # noqa: ARG001  # a desk is an organization's
) -> Desk:
    return Desk(client, sessions, clock)


@pytest_asyncio.fixture
async def desk(empty_desk: Desk) -> Desk:
    """A desk with three who take days, and a leader who takes none."""
    for actor in (WANG, LI, ZHAO):
        await empty_desk.enrol(actor, ROSTER[actor.id])
    await empty_desk.enrol(LEADER, "陈主任", serves=False, leads=True)
    return empty_desk
