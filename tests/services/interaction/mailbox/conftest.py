from typing import Any

import pytest

from shared.auth import Actor, Permission
from tests.services.interaction.conftest import CITY, CLERK, Mailbox
from tests.support import people

ENTRY = {
    "organization": "roads",
    "title": "路灯报修",
    "text": "路灯故障由市城市管理局照明管理处负责，接报后两个工作日内修复，报修网址见本局网站。",
    "keywords": ["路灯", "照明"],
    "matter": "市政设施",
}
CHIEF = people.person(Permission.REVIEW_ANSWER, at=CITY, name="chief")


class Library:
    """The answer library as its keepers reach it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def written(self, actor: Actor = CLERK, **over: Any) -> dict[str, Any]:
        done = await self.mailbox.send(actor, "POST", "/v1/library-entries", {**ENTRY, **over})
        assert done.status_code == 201, done.text
        entry: dict[str, Any] = done.json()
        return entry

    async def rewrite(self, entry: dict[str, Any], text: str, **over: Any) -> dict[str, Any]:
        body = {**ENTRY, "text": text, **over}
        del body["organization"]
        path = f"/v1/library-entries/{entry['id']}"
        done = await self.mailbox.send(CLERK, "PUT", path, body, entry["version"])
        assert done.status_code == 200, done.text
        after: dict[str, Any] = done.json()
        return after

    async def review(
        self, entry: dict[str, Any], verdict: str = "approve", actor: Actor = CHIEF, **over: Any
    ) -> Any:
        body = {"edition": entry["editions"], "verdict": verdict, **over}
        path = f"/v1/library-entries/{entry['id']}/review"
        return await self.mailbox.send(actor, "POST", path, body, entry["version"])

    async def usable(self, **over: Any) -> dict[str, Any]:
        done = await self.review(await self.written(**over))
        assert done.status_code == 200, done.text
        entry: dict[str, Any] = done.json()
        return entry

    async def retire(self, entry: dict[str, Any]) -> Any:
        path = f"/v1/library-entries/{entry['id']}/retirement"
        body = {"reason": "职责已调整"}
        return await self.mailbox.send(CHIEF, "POST", path, body, entry["version"])

    async def found(self, actor: Actor = CLERK, **asked: str) -> list[str]:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        path = f"/v1/library-entries?{query}"
        answer = await self.mailbox.send(actor, "GET", path)
        assert answer.status_code == 200, answer.text
        return [entry["id"] for entry in answer.json()["items"]]


@pytest.fixture
def library(mailbox: Mailbox) -> Library:
    return Library(mailbox)
