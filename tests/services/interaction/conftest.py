from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import delete, select

from services.interaction.admission.gate import Gate
from services.interaction.admission.gate import gate as gate_of
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.attachments.adapters import Reception
from services.interaction.mailbox.intake.models import LetterMark
from services.interaction.mailbox.letters.models import Letter
from services.interaction.worker import CONSUMER
from shared.address import networks
from shared.auth import Actor, Permission, system
from shared.contracts.registry import Level, OrganizationKind, OrganizationRegistered, SiteOpened
from shared.db import Sessions
from shared.events import Envelope, Event
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.uow import BeginAs, beginner
from tests.support import people
from tests.support.houses import house_on, routed
from tests.support.interaction import interaction_over
from tests.support.receptions import reception_over

SITE = "3403000006"
OTHER_SITE = "3403210001"
CITY = people.CITY
OFFICE = f"{CITY}.office"
ROADS = f"{CITY}.roads"
COUNTY = f"{CITY}.340321"
LETTER = {
    "site_code": SITE,
    "kind": "complaint",
    "title": "东海大道路灯不亮",
    "text": "我叫李小龙，手机13855201234。东海大道中段的路灯坏了两周。",
    "writer": {"name": "李小龙", "phone": "13855201234", "email": "lixiaolong@example.com"},
    "may_publish": True,
}
ANSWER = "李小龙先生：经核查，东海大道中段十二盏路灯因电缆老化停用，已于三月九日全部更换。"
DISPATCHER = people.person(Permission.DISPATCH, at=OFFICE, name="dispatcher")
CLERK = people.person(Permission.ANSWER, at=ROADS, name="clerk")
HEAD = people.person(Permission.REVIEW_ANSWER, at=CITY, name="head")
OPENED = "interaction.letter.opened"
STRANGER = people.person(*Permission, at=COUNTY, name="stranger")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = people.NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Mailbox:
    """The mailbox as its users reach it: over HTTP, each act in one line."""

    def __init__(self, client: httpx.AsyncClient, sessions: Sessions, clock: Clock) -> None:
        self.client, self.sessions, self.clock = client, sessions, clock

    async def write(self, **over: Any) -> dict[str, Any]:
        """Write a letter as if every other one had been written long ago."""
        async with self.sessions.begin() as session:
            await session.execute(delete(LetterMark))
        return await self.write_again(**over)

    async def write_again(self, **over: Any) -> dict[str, Any]:
        answer = await self.client.post("/v1/public/letters", json={**LETTER, **over})
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    async def row(self, number: str) -> Letter:
        async with self.sessions() as session:
            return (await session.scalars(select(Letter).where(Letter.number == number))).one()

    async def act(
        self, actor: Actor, number: str, act: str, method: str = "POST", **body: Any
    ) -> httpx.Response:
        letter = await self.row(number)
        headers = people.bearer(actor, self.clock.now) | {"If-Match": f'"{letter.version}"'}
        return await self.client.request(
            method, f"/v1/letters/{letter.id}/{act}", json=body, headers=headers
        )

    async def post(
        self, actor: Actor, path: str, body: Any = None, version: int | None = None
    ) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now)
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, actor: Actor | None, path: str, **asked: Any) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now) if actor else {}
        return await self.client.get(path, params=asked, headers=headers)

    async def read(self, actor: Actor, number: str, part: str = "") -> httpx.Response:
        letter = await self.row(number)
        headers = people.bearer(actor, self.clock.now)
        return await self.client.get(f"/v1/letters/{letter.id}{part}", headers=headers)

    async def send(
        self,
        actor: Actor | None,
        method: str,
        path: str,
        body: Any = None,
        version: int | None = None,
    ) -> httpx.Response:
        headers = people.bearer(actor, self.clock.now) if actor else {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.client.request(method, path, json=body, headers=headers)

    async def beside(
        self,
        actor: Actor,
        number: str,
        method: str,
        what: str,
        body: Any = None,
        version: int | None = None,
    ) -> httpx.Response:
        """Ask for something that is kept beside a letter and has a version of its own."""
        letter = await self.row(number)
        return await self.send(actor, method, f"/v1/letters/{letter.id}/{what}", body, version)

    async def follow(self, number: str, code: str) -> httpx.Response:
        headers = {"X-Query-Code": code}
        return await self.client.get(f"/v1/public/letters/{number}", headers=headers)

    async def dispatched(self, **over: Any) -> dict[str, Any]:
        receipt = await self.write(**over)
        done = await self.act(DISPATCHER, receipt["number"], "dispatch", organization="roads")
        assert done.status_code == 200, done.text
        return receipt

    async def transferred(self, number: str, unit: str) -> httpx.Response:
        why = {"reason": "不属本单位职责", "public_reason": "转由主管单位办理"}
        return await self.act(DISPATCHER, number, "transfer", organization=unit, **why)

    async def drafted(self, text: str = ANSWER, **over: Any) -> dict[str, Any]:
        receipt = await self.dispatched(**over)
        done = await self.act(CLERK, receipt["number"], "answer", text=text)
        assert done.status_code == 200, done.text
        return receipt

    async def review(
        self, number: str, verdict: str, reason: str | None = None, actor: Actor = HEAD
    ) -> httpx.Response:
        seen = (await self.read(HEAD, number)).json()["answer"]
        return await self.act(
            actor,
            number,
            "answer/review",
            verdict=verdict,
            answer_hash=seen["answer_hash"],
            reason=reason,
        )

    async def answered(self, text: str = ANSWER, **over: Any) -> dict[str, Any]:
        receipt = await self.drafted(text, **over)
        done = await self.review(receipt["number"], "approve", "已核实")
        assert done.status_code == 200, done.text
        return receipt

    async def published(self, text: str = ANSWER, **over: Any) -> dict[str, Any]:
        receipt = await self.answered(text, **over)
        proposed = await self.act(DISPATCHER, receipt["number"], "publication")
        assert proposed.status_code == 200, proposed.text
        done = await self.let_out(receipt["number"], proposed.json()["rendition_hash"])
        assert done.status_code == 200, done.text
        return receipt

    async def let_out(
        self, number: str, rendition_hash: str, actor: Actor = HEAD, **over: Any
    ) -> httpx.Response:
        review = {"verdict": "approve", "rendition_hash": rendition_hash, **over}
        return await self.act(actor, number, "publication/review", **review)

    async def supplemented(self, number: str, text: str) -> None:
        done = await self.act(CLERK, number, "answer", text=text)
        assert done.status_code == 200, done.text
        done = await self.review(number, "approve", "已核实")
        assert done.status_code == 200, done.text

    async def announced(self, *, seen: bool = False) -> list[tuple[str, dict[str, Any]]]:
        """What was announced: of acts, or that letters were `seen`."""
        async with self.sessions() as session:
            messages = await session.scalars(
                select(OutboxMessage).order_by(OutboxMessage.position)
            )
            told = [(message.type, message.data) for message in messages]
        return [(type_, data) for type_, data in told if (type_ == OPENED) is seen]


@pytest.fixture
def service() -> str:
    return "interaction"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def begin(sessions: Sessions, clock: Clock) -> BeginAs:
    return beginner(sessions, clock, "/interaction")


@pytest.fixture
def keyring() -> Keyring:
    return Keyring("a secret for the tests of the mailbox")


@pytest.fixture
def reception() -> Reception:
    return reception_over()


@pytest.fixture
def gate() -> Gate:
    """A gate behind a proxy whose word on addresses is taken, and that asks for no proof."""
    return gate_of("a secret for the gate", networks(["127.0.0.0/8"]), asks_for_proof=False)


async def hear(begin: BeginAs, *events: Event) -> None:
    """Let the service take in events of the registry."""
    for event in events:
        envelope = Envelope(
            id=uuid4(),
            source="/content",
            type=event.type,
            subject=event.subject,
            time=datetime(2026, 1, 1, tzinfo=UTC),
            actor=system("content").id,
            requestid="test",
            data=event.model_dump(mode="json"),
        )
        assert await take_in(CONSUMER, begin, envelope)


def organization(
    path: str, kind: OrganizationKind = OrganizationKind.GOVERNMENT
) -> OrganizationRegistered:
    code = path.rpartition(".")[2]
    name = {"roads": "市城市管理局", "office": "市政府办公室"}.get(code, f"{code}人民政府")
    return OrganizationRegistered(
        id=uuid4(), code=code, name=name, kind=kind, level=Level.CITY, path=path
    )


def site(code: str, sponsoring: str) -> SiteOpened:
    return SiteOpened(
        id=uuid4(),
        code=code,
        name="蚌埠市人民政府网站",
        domain=f"www{code}.gov.cn",
        level=Level.CITY,
        region="340300",
        supervising=sponsoring,
        sponsoring=sponsoring,
    )


@pytest_asyncio.fixture
async def group(begin: BeginAs) -> None:
    """The city with its office and a department, a county, and a site of each government."""
    await hear(
        begin,
        organization("340000"),
        organization(CITY),
        organization(COUNTY),
        organization(OFFICE, OrganizationKind.OFFICE),
        organization(ROADS, OrganizationKind.DEPARTMENT),
        organization("340000.340400"),
        site(SITE, OFFICE),
        site(OTHER_SITE, COUNTY),
    )


@pytest.fixture
def app(
    sessions: Sessions, clock: Clock, keyring: Keyring, gate: Gate, reception: Reception
) -> FastAPI:
    house = replace(house_on(sessions, "/interaction"), clock=clock)
    return routed(interaction_over(house, keyring, reception, gate))


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        yield client


@pytest.fixture
def mailbox(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    group: None,  # noqa: ARG001  # its letters need sites and units
) -> Mailbox:
    return Mailbox(client, sessions, clock)
