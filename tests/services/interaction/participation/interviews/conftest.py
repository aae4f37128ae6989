import json
from typing import Any

import httpx
import pytest

from shared.db import Sessions
from tests.services.interaction.conftest import SITE, Clock
from tests.services.interaction.participation.conftest import CLERK, EDITOR, LEADER, Desk

INTERVIEW = {
    "site_code": SITE,
    "organization": "roads",
    "title": "谈谈城市路灯改造",
    "introduction": "城市管理局负责人在线解答路灯改造问题。",
    "guests": [{"name": "张建国", "post": "市城市管理局局长"}],
    "starts_at": "2026-03-03T09:00:00+08:00",
    "ends_at": "2026-03-03T10:30:00+08:00",
    "page_url": "https://www.example.gov.cn/interviews/1",
}
QUESTION = {"text": "我是李小龙，电话13855201234。东海大道何时完工？", "name": "李小龙"}
QUESTION |= {"phone": "13855201234", "email": "lixiaolong@example.com"}
GUEST = {"speaker": "guest", "name": "张建国"}


class Studio(Desk):
    """Interviews, each act in one line."""

    async def prepared(self, **over: Any) -> Any:
        return await self.done(EDITOR, "POST", "/interviews", {**INTERVIEW, **over})

    async def act(self, held: Any, act: str, actor: Any = EDITOR) -> httpx.Response:
        """An act on an interview as it stands now."""
        now = await self.read(held)
        path = f"/interviews/{held['id']}/{act}"
        return await self.send(actor, "POST", path, version=now["version"])

    async def announced_one(self, **over: Any) -> Any:
        held = await self.prepared(**over)
        done = await self.act(held, "announcement", LEADER)
        assert done.status_code == 200, done.text
        return done.json()

    async def live(self, **over: Any) -> Any:
        held = await self.announced_one(**over)
        self.clock.pass_by(days=1)
        done = await self.act(held, "start")
        assert done.status_code == 200, done.text
        return done.json()

    async def read(self, held: Any) -> Any:
        return await self.done(EDITOR, "GET", f"/interviews/{held['id']}")

    async def ask(self, held: Any, **over: Any) -> Any:
        """A question's receipt."""
        path = f"/public/interviews/{held['id']}/questions"
        return await self.done(None, "POST", path, {**QUESTION, **over})

    async def found(self, held: Any, receipt: Any) -> Any:
        path = f"/interviews/{held['id']}/questions?first=100"
        listed = (await self.done(CLERK, "GET", path))["items"]
        (found,) = [one for one in listed if one["number"] == receipt["number"]]
        return found

    async def moderate(self, question: Any, act: str = "approve", **given: Any) -> Any:
        path = f"/questions/{question['id']}/moderation"
        return await self.done(
            CLERK, "POST", path, {"act": act, **given}, version=question["version"]
        )

    async def approved(self, held: Any, **over: Any) -> tuple[Any, Any]:
        receipt = await self.ask(held, **over)
        return await self.moderate(await self.found(held, receipt)), receipt

    async def enter(self, held: Any, text: str, actor: Any = EDITOR, **new: Any) -> httpx.Response:
        said = {"speaker": "host", **new, "text": text}
        return await self.send(actor, "POST", f"/interviews/{held['id']}/entries", said)

    async def say(self, held: Any, text: str, **new: Any) -> Any:
        done = await self.enter(held, text, **new)
        assert done.status_code == 201, done.text
        return done.json()

    async def public(self, held: Any, of: str = "") -> Any:
        return await self.done(None, "GET", f"/public/interviews/{held['id']}{of}")

    async def status(self, receipt: Any) -> Any:
        path, code = f"/public/questions/{receipt['number']}", receipt["query_code"]
        return await self.done(None, "GET", path, X_Query_Code=code)

    async def stream(self, held: Any, last: int | None = None) -> list[dict[str, Any]]:
        """The events of a stream that comes to its end."""
        headers = {} if last is None else {"Last_Event_ID": str(last)}
        path = f"/public/interviews/{held['id']}/transcript"
        answer = await self.send(None, "GET", path, **headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        return events(answer.text)


def events(text: str) -> list[dict[str, Any]]:
    """The events of a stream as a browser reads them."""
    told = []
    for block in text.split("\n\n"):
        lines = [line.partition(": ")[::2] for line in block.splitlines() if line[:1] != ":"]
        if lines:
            event: dict[str, Any] = dict(lines)
            told.append(event | {"data": json.loads(event["data"])})
    return told


@pytest.fixture
def studio(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    group: None,  # noqa: ARG001  # interviews are held on its sites
) -> Studio:
    return Studio(client, sessions, clock)
