from typing import Any

import httpx
from sqlalchemy import select

from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.services.interaction.conftest import OFFICE, Clock
from tests.support import people

EDITOR = people.person(Permission.EDIT, at=OFFICE, name="editor")
LEADER = people.person(Permission.REVIEW, at=OFFICE, name="leader")
CLERK = people.person(Permission.DISPATCH, at=OFFICE, name="clerk")


class Desk:
    """A service as its staff and the public reach it over HTTP."""

    def __init__(self, client: httpx.AsyncClient, sessions: Sessions, clock: Clock) -> None:
        self.client, self.sessions, self.clock = client, sessions, clock

    async def send(
        self,
        actor: Actor | None,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        **headers: str,
    ) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if actor is not None:
            named |= people.bearer(actor, self.clock.now)
        if version is not None:
            named["If-Match"] = f'"{version}"'
        return await self.client.request(method, f"/v1{path}", json=body, headers=named)

    async def done(self, *asked: Any, **headers: Any) -> Any:
        """What a request that is carried out is answered."""
        answer = await self.send(*asked, **headers)
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def announced(self) -> list[tuple[str, dict[str, Any]]]:
        async with self.sessions() as session:
            question = select(OutboxMessage).order_by(OutboxMessage.position)
            return [(one.type, one.data) for one in await session.scalars(question)]

    async def types(self) -> list[str]:
        return [kind for kind, _ in await self.announced()]
