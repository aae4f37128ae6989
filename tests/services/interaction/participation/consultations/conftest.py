from typing import Any

import httpx
import pytest

from services.interaction.participation.consultations import schedule
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import SITE, Clock
from tests.services.interaction.participation.conftest import CLERK, EDITOR, LEADER, Desk

DRAFT = {
    "site_code": SITE,
    "kind": "rules",
    "organization": "roads",
    "title": "蚌埠市户外广告管理办法（征求意见稿）",
    "explanation": "为规范户外广告设置，起草了本办法。\n欢迎社会各界提出意见。",
    "paragraphs": ["第一条　为规范户外广告设置，制定本办法。", "第二条　本办法适用于市区。"],
    "opens_on": "2026-03-02",
    "closes_on": "2026-04-01",
    "page_url": "https://www.example.gov.cn/consultations/1",
}
OPINION = {
    "text": "我是李小龙，电话13855201234。建议把第二条扩大到县城。",
    "paragraph": 2,
    "name": "李小龙",
    "phone": "13855201234",
    "email": "lixiaolong@example.com",
}


class Hall(Desk):
    """Consultations, each act in one line."""

    begin: BeginAs

    async def prepared(self, **over: Any) -> Any:
        return await self.done(EDITOR, "POST", "/consultations", {**DRAFT, **over})

    async def opened(self, **over: Any) -> Any:
        held = await self.prepared(**over)
        path = f"/consultations/{held['id']}/opening"
        return await self.done(LEADER, "POST", path, version=held["version"])

    async def give(self, held: Any, **over: Any) -> Any:
        """An opinion's receipt."""
        path = f"/public/consultations/{held['id']}/opinions"
        return await self.done(None, "POST", path, {**OPINION, **over})

    async def found(self, held: Any, receipt: Any) -> Any:
        """The opinion of a receipt as the desk lists it."""
        path = f"/consultations/{held['id']}/opinions?first=100"
        listed = (await self.done(CLERK, "GET", path))["items"]
        (found,) = [one for one in listed if one["number"] == receipt["number"]]
        return found

    async def moderate(self, opinion: Any, act: str = "approve", **given: Any) -> Any:
        path = f"/opinions/{opinion['id']}/moderation"
        return await self.done(
            CLERK, "POST", path, {"act": act, **given}, version=opinion["version"]
        )

    async def approved(self, held: Any, **over: Any) -> tuple[Any, Any]:
        """An opinion that everyone may read, with its receipt."""
        receipt = await self.give(held, **over)
        return await self.moderate(await self.found(held, receipt)), receipt

    async def answer(self, held: Any, *opinions: Any, **over: Any) -> httpx.Response:
        given = {"decision": "partly", "gist": "扩大适用范围", "reason": "县城另行规定。"}
        new = {**given, **over, "opinions": [one["id"] for one in opinions]}
        return await self.send(EDITOR, "POST", f"/consultations/{held['id']}/answers", new)

    async def read(self, held: Any) -> Any:
        return await self.done(EDITOR, "GET", f"/consultations/{held['id']}")

    async def end(self, days: int = 31) -> int:
        """Let time pass, and what is due be done."""
        self.clock.pass_by(days=days)
        return await schedule.pass_on(self.sessions, self.begin, self.clock.now)

    async def reported(self, held: Any, summary: str = "征集期间收到意见，研究情况如下。") -> Any:
        now = await self.read(held)
        path = f"/consultations/{held['id']}/report"
        new = {"summary": summary}
        return await self.done(EDITOR, "PUT", path, new, version=now["version"])

    async def publish(self, held: Any, actor: Any = LEADER) -> httpx.Response:
        now = await self.read(held)
        path = f"/consultations/{held['id']}/report/publication"
        return await self.send(actor, "POST", path, version=now["version"])

    async def public(self, held: Any, of: str = "") -> Any:
        return await self.done(None, "GET", f"/public/consultations/{held['id']}{of}")

    async def status(self, receipt: Any) -> Any:
        path, code = f"/public/opinions/{receipt['number']}", receipt["query_code"]
        return await self.done(None, "GET", path, X_Query_Code=code)


@pytest.fixture
def hall(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    begin: BeginAs,
    group: None,  # noqa: ARG001  # consultations are held on its sites
) -> Hall:
    hall = Hall(client, sessions, clock)
    hall.begin = begin
    return hall
