from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

from services.content.worker import CONSUMER
from shared.auth import Actor, Permission
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.events import Envelope
from shared.inbox import take_in
from shared.uow import BeginAs
from tests.factories.content import ADMIN, OFFICE, SITE, Group
from tests.support.people import NOW, person

EDITOR = person(
    Permission.READ_DRAFTS, Permission.EDIT, Permission.RELEASE, at=OFFICE, name="desk"
)
TITLE = "关于《蚌埠市烟花爆竹管理办法（征求意见稿）》公开征求意见的公告"
PARAGRAPHS = ["为规范烟花爆竹管理，现向社会公开征求意见。", "征求意见截止日期：2026年4月1日。"]


@dataclass
class Telling:
    """Content as those see it who tell it something, and those who settle what came."""

    group: Group
    begin: BeginAs
    author: str
    times: int = 0

    async def tell(self, subject: UUID, *, by: str = "person:opener", **over: Any) -> bool:
        """Let content take in one event; return whether it was new."""
        told = {
            "subject_id": subject,
            "kind": ParticipationKind.CONSULTATION,
            "moment": ParticipationMoment.ANNOUNCED,
            "site_code": SITE,
            "title": TITLE,
            "paragraphs": PARAGRAPHS,
            "source_url": f"https://www.example.gov.cn/consultations/{subject}",
            "author": self.author,
        }
        event = ParticipationTold.model_validate(told | over)
        self.times += 1
        envelope = Envelope(
            id=uuid4(),
            source="/interaction",
            type=event.type,
            subject=event.subject,
            time=NOW + timedelta(minutes=self.times),
            actor=by,
            requestid="test",
            data=event.model_dump(mode="json"),
        )
        return await take_in(CONSUMER, self.begin, envelope)

    async def column(self, kind: str, name: str = "征集") -> str:
        """Open a column by application, as on any open site."""
        await self.group.change("open_column", kind=kind, name=name)
        listed = await self.group.client.get(f"/v1/public/sites/{SITE}/columns?first=100")
        (found,) = (each["id"] for each in listed.json()["items"] if each["name"] == name)
        return str(found)

    async def texts(self, actor: Actor = EDITOR, **asked: Any) -> list[Any]:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        listed = await self.group.send(actor, "GET", f"/v1/participation-texts?{query}")
        assert listed.status_code == 200, listed.text
        items: list[Any] = listed.json()["items"]
        return items

    async def settle(
        self, text: Any, act: str, actor: Actor | None = EDITOR, **given: Any
    ) -> httpx.Response:
        path = f"/v1/participation-texts/{text['id']}/{act}"
        return await self.group.send(actor, "POST", path, given, version=text["version"])

    async def items(self) -> list[Any]:
        listed = await self.group.send(EDITOR, "GET", "/v1/items")
        items: list[Any] = listed.json()["items"]
        return items


async def admitted(group: Group, login: str, kind: str = "editor") -> str:
    """Someone who holds a post at the office, as whom drafts may be made."""
    new = {"login": login, "name": login, "organization": "340300-zfb", "password": "x" * 12}
    someone = await group.send(ADMIN, "POST", "/v1/people", new)
    assert someone.status_code == 201, someone.text
    post = {"login": login, "kind": kind, "organization": "340300-zfb"}
    filled = await group.send(ADMIN, "POST", "/v1/posts", post)
    assert filled.status_code == 201, filled.text
    return f"person:{someone.json()['id']}"


@pytest_asyncio.fixture
async def telling(group: Group, begin: BeginAs) -> Telling:
    return Telling(group, begin, await admitted(group, "writer"))


@pytest.fixture
def subject() -> UUID:
    return UUID(int=1)
