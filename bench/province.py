"""A province with as many county sites as are asked for, its content service and its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from joserfc.jwk import KeySet, OKPKey
from obstore.store import MemoryStore
from sqlalchemy import select

from services.content.app import ContentKeys, create_content
from services.content.registry.models import Column, Organization, Site
from services.content.staff.router.authorities import Authorities
from services.content.staff.tokens import public_keys, sign
from services.content.worker import CONSUMER
from shared.auth import Actor, Permission
from shared.contracts.registry import ColumnKind, Level, OrganizationKind, SiteState
from shared.db import Sessions, utc_now
from shared.destination import Allowed, networks
from shared.files.adapters.storage import Files
from shared.ids import new_id
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.pagination import Cursors
from shared.requests import House
from shared.statements import StatementKeys
from shared.uow import beginner

PROVINCE, HOME = "340000", "3400000001"
ISSUER, KEY = "zhengbu", "subscription key of the bench, long enough"
LOOPBACK = Allowed(networks(["127.0.0.0/8"]))
EDITOR = (Permission.READ_DRAFTS, Permission.EDIT, Permission.RELEASE)
LEADER = (Permission.READ_DRAFTS, Permission.REVIEW, Permission.WITHDRAW)
SECRECY = (Permission.READ_DRAFTS, Permission.REVIEW_SECRECY)
OFFICE = (Permission.ISSUE_DIRECTIVE,)
COUNTY = (Permission.SUBSCRIBE, Permission.REPOST)


def county(number: int) -> str:
    """Return the code of a county, which is its region too."""
    return f"34{number:04d}"


def code_of(number: int) -> str:
    """Return the code of a county's site."""
    return f"{county(number)}0001"


def domain_of(code: str) -> str:
    """Return where a site stands."""
    return f"www.s{code}.gov.cn"


@dataclass
class Turned:
    """The time, turned ahead instead of waited for."""

    by: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return it."""
        return utc_now() + self.by


@dataclass
class Province:
    """The content service over one database, in this process, and who acts in it."""

    sessions: Sessions
    http: httpx.AsyncClient
    key: OKPKey
    statements: StatementKeys
    column_id: str
    clock: Turned = field(default_factory=Turned)
    heard: int = 0

    async def send(
        self, actor: Actor, method: str, path: str, body: Any = None, version: int | None = None
    ) -> Any:
        """Ask the API in somebody's name; whatever it refuses ends the bench."""
        token = sign(actor, self.key, issuer=ISSUER, token_id="1", now=utc_now())  # noqa: S106  # an id
        headers = {"Authorization": f"Bearer {token}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = await self.http.request(method, path, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json()

    async def release(self, title: str, body: str) -> Any:
        """Write, review and release a policy; return what the public reads."""
        new = {"site_code": HOME, "column_id": self.column_id, "kind": "policy", "title": title}
        new |= {"body": body, "source": "安徽省人民政府办公厅"}
        item = await self.send(person("editor", EDITOR), "POST", "/v1/items", new)
        path = f"/v1/items/{item['id']}"
        editor = person("editor", EDITOR)
        item = await self.send(editor, "POST", f"{path}/submission", None, item["version"])
        for name, may, step in (("leader", LEADER, "leader"), ("secrecy", SECRECY, "secrecy")):
            verdict = {"step": step, "verdict": "approve", "content_hash": item["content_hash"]}
            reviewer = person(name, may)
            item = await self.send(reviewer, "POST", f"{path}/reviews", verdict, item["version"])
        wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
        await self.send(editor, "POST", "/v1/releases", wanted)
        return (await self.http.get(f"/v1/public/items/{item['id']}")).json()

    async def order(self, item: Any) -> Any:
        """Order every county site to repost an item within a day."""
        until = (utc_now() + timedelta(days=1)).isoformat()
        new = {"item_id": item["id"], "issuer": PROVINCE, "deadline": until}
        return await self.send(person("office", OFFICE), "POST", "/v1/directives", new)

    async def withdraw(self, item: Any) -> None:
        """Withdraw an item."""
        path = f"/v1/items/{item['id']}/withdrawal"
        await self.send(person("leader", LEADER), "POST", path, {"reason": "内容有误"})

    async def hear(self) -> int:
        """Let the worker take in every event it has not heard of yet; return how many."""
        begin, before = beginner(self.sessions, utc_now, "/content"), self.heard
        while True:
            async with self.sessions() as session:
                question = select(OutboxMessage).order_by(OutboxMessage.position)
                messages = (await session.scalars(question.offset(self.heard))).all()
            if not messages:
                return self.heard - before
            for message in messages:
                await take_in(CONSUMER, begin, message.envelope())
            self.heard += len(messages)


def person(name: str, may: Sequence[Permission], at: str = PROVINCE) -> Actor:
    """Return somebody who may do so much at an organization and below."""
    return Actor(f"person:{name}", at, dict.fromkeys(may, (at,)))


EVERYTHING = person("everybody", tuple(Permission))


def clerk(number: int) -> Actor:
    """Return who acts for a county's site."""
    return person(f"county-{number}", COUNTY, f"{PROVINCE}.{county(number)}")


async def found(sessions: Sessions, readings: Sessions, sites: int) -> Province:
    """Found the province with its own site and so many county sites, and serve it."""
    async with sessions.begin() as session:
        session.add(_organization(PROVINCE, PROVINCE, Level.PROVINCE))
        await session.flush()
        session.add(_site(HOME, PROVINCE, Level.PROVINCE))
        places = [(county(one), f"{PROVINCE}.{county(one)}") for one in range(1, sites + 1)]
        session.add_all(_organization(code, path, Level.COUNTY) for code, path in places)
        await session.flush()
        session.add_all(_site(f"{code}0001", path, Level.COUNTY) for code, path in places)
        await session.flush()
        policies = ColumnKind.POLICIES
        column = Column(id=new_id(), site_code=HOME, name="政策文件", kind=policies, keywords=[])
        session.add(column)
    key = OKPKey.generate_key("Ed25519")

    async def keys(_: datetime) -> KeySet:
        return public_keys(key)

    house = House(sessions, readings, utc_now, "/content", Cursors("cursors"), ISSUER, keys)
    statements = StatementKeys(OKPKey.generate_key("Ed25519"))
    files = Files(MemoryStore())
    held = ContentKeys(KEY, "channel key of the bench, long enough", statements)
    app = create_content(house, Authorities(key, ""), files, held, _nothing, allowed=LOOPBACK)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://content")
    return Province(sessions, http, key, statements, str(column.id))


async def _nothing() -> None:
    """Nothing is to close that is not closed elsewhere."""


def _organization(code: str, path: str, level: Level) -> Organization:
    kind = OrganizationKind.GOVERNMENT
    return Organization(code=code, name=code, kind=kind, level=level, path=path)


def _site(code: str, path: str, level: Level) -> Site:
    offices = dict.fromkeys(("sponsoring", "operating"), path)
    return Site(
        code=code,
        name=f"网站{code}",
        domain=domain_of(code),
        level=level,
        region=code[:6],
        supervising=PROVINCE,
        state=SiteState.OPEN,
        opened_at=utc_now(),
        **offices,
    )
