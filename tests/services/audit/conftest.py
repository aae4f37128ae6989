from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from services.audit.app import create_audit
from services.audit.monitoring.schedule import tasks
from services.audit.trail.schedule import sign_checkpoint
from services.audit.worker import CONSUMER
from shared.auth import Permission
from shared.db import Sessions
from shared.events import Event
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.uow import BeginAs, beginner
from tests.factories.audit import CITY, OTHER_CITY, OTHER_SITE, envelope, site
from tests.support import people
from tests.support.houses import house_on, nothing_to_close, routed

ASSESSOR = people.person(Permission.ASSESS, at=CITY, name="assessor")
STRANGER = people.person(*Permission, at=OTHER_CITY, name="stranger")
EDITOR = people.person(Permission.EDIT, Permission.READ_DRAFTS, name="editor")
ORIGIN = "trail.bengbu.example"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = people.NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Office:
    """The audit service as the bus, the clock and its readers reach it."""

    def __init__(
        self, client: httpx.AsyncClient, sessions: Sessions, begin: BeginAs, clock: Clock
    ) -> None:
        self.client, self.sessions, self.begin, self.clock = client, sessions, begin, clock

    async def hear(self, *events: Event) -> None:
        for event in events:
            await take_in(CONSUMER, self.begin, envelope(event, self.clock.now))

    async def tick(self) -> int:
        """Run every clock of monitoring once."""
        return sum([await t.run(self.clock.now) for t in tasks(self.sessions, self.begin)])

    async def sign(self) -> int:
        return await sign_checkpoint(self.begin, ORIGIN, KEY, self.clock.now)

    async def get(self, path: str, actor: Any = None, **query: Any) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now) if actor else {}
        return await self.client.get(path, params=query or None, headers=headers)

    async def post(
        self, path: str, body: Any = None, actor: Any = ASSESSOR, version: int | None = None
    ) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now)
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.client.post(path, json=body, headers=headers)

    async def findings(self, **query: Any) -> list[dict[str, Any]]:
        """Return findings, the oldest first."""
        page = await self.get("/v1/findings", ASSESSOR, first=100, **query)
        assert page.status_code == 200, page.text
        items: list[dict[str, Any]] = page.json()["items"]
        return items[::-1]

    async def announced(self, begins: str = "audit.") -> list[tuple[str, dict[str, Any]]]:
        async with self.sessions() as session:
            messages = await session.scalars(
                select(OutboxMessage).order_by(OutboxMessage.position)
            )
            return [(m.type, m.data) for m in messages if m.type.startswith(begins)]


@pytest.fixture
def service() -> str:
    return "audit"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def begin(sessions: Sessions, clock: Clock) -> BeginAs:
    return beginner(sessions, clock, "/audit")


def api(sessions: Sessions, clock: Clock) -> httpx.AsyncClient:
    house = replace(house_on(sessions, "/audit"), clock=clock)
    app = routed(create_audit(house, nothing_to_close))
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://audit")


@pytest_asyncio.fixture
async def client(sessions: Sessions, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    async with api(sessions, clock) as client:
        yield client


@pytest_asyncio.fixture
async def office(
    client: httpx.AsyncClient, sessions: Sessions, begin: BeginAs, clock: Clock
) -> Office:
    """The audit service, knowing the city's site and that of another city."""
    office = Office(client, sessions, begin, clock)
    await office.hear(site(), site(OTHER_SITE, OTHER_CITY))
    return office
