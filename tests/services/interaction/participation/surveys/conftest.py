from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from services.interaction.participation.surveys.models import Response
from services.interaction.participation.surveys.schedule import tasks
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.services.interaction.conftest import OFFICE, SITE, Clock
from tests.services.interaction.participation.surveys.questions import ALL
from tests.support import people

CLERK = people.person(Permission.DISPATCH, at=OFFICE, name="clerk")
LEADER = people.person(Permission.REVIEW_ANSWER, at=OFFICE, name="leader")
NEW: dict[str, Any] = {
    "site_code": SITE,
    "title": "网上办事满意度调查",
    "introduction": "请您花三分钟回答以下问题。\n结果将用于改进服务。",
    "questions": ALL,
    "answered_with": "device",
    "closes_at": "2026-03-16T01:00:00Z",
}


class Surveys:
    """Surveys as their users reach them: over HTTP, each act in one line."""

    def __init__(
        self, client: httpx.AsyncClient, sessions: Sessions, clock: Clock, begin: BeginAs
    ) -> None:
        self.client, self.sessions, self.clock, self.begin = client, sessions, clock, begin

    async def send(
        self, actor: Actor | None, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        who = people.bearer(actor, self.clock.now) if actor else {}
        return await self.client.request(method, path, json=body, headers=who | headers)

    async def drafted(self, **over: Any) -> dict[str, Any]:
        done = await self.send(CLERK, "POST", "/v1/surveys", {**NEW, **over})
        assert done.status_code == 201, done.text
        survey: dict[str, Any] = done.json()
        return survey

    async def approved(self, **over: Any) -> dict[str, Any]:
        survey = await self.drafted(**over)
        done = await self.review(survey)
        assert done.status_code == 200, done.text
        approved: dict[str, Any] = done.json()
        return approved

    async def act(
        self, actor: Actor, survey: dict[str, Any], act: str, body: Any = None
    ) -> httpx.Response:
        method, path = ("POST", f"/{act}") if act else ("PUT", "")
        match = {"If-Match": f'"{survey["version"]}"'}
        return await self.send(actor, method, f"/v1/surveys/{survey['id']}{path}", body, **match)

    async def review(
        self, survey: dict[str, Any], actor: Actor = LEADER, **over: Any
    ) -> httpx.Response:
        review = {"verdict": "approve", "digest": survey["digest"], **over}
        return await self.act(actor, survey, "review", review)

    async def close(self, survey: dict[str, Any], actor: Actor = LEADER) -> httpx.Response:
        return await self.act(actor, survey, "closure", {"reason": "第二题选项有误"})

    async def read(self, survey: dict[str, Any], actor: Actor = CLERK) -> dict[str, Any]:
        shown: dict[str, Any] = (
            await self.send(actor, "GET", f"/v1/surveys/{survey['id']}")
        ).json()
        return shown

    async def device(self) -> str:
        done = await self.client.post("/v1/public/survey-devices")
        assert done.status_code == 201, done.text
        token: str = done.json()["token"]
        return token

    async def answer(
        self, survey: dict[str, Any], answers: Sequence[Any], shown: str | None = None
    ) -> httpx.Response:
        path = f"/v1/public/surveys/{survey['id']}/responses"
        headers = {"X-Survey-Pass": shown or await self.device()}
        return await self.client.post(path, json={"answers": answers}, headers=headers)

    async def answered(self, survey: dict[str, Any], answers: Sequence[Any], times: int) -> None:
        for _ in range(times):
            done = await self.answer(survey, answers)
            assert done.status_code == 201, done.text

    async def tally(self, survey: dict[str, Any]) -> httpx.Response:
        return await self.client.get(f"/v1/public/surveys/{survey['id']}/tally")

    async def export(
        self, survey: dict[str, Any], form: str = "csv", actor: Actor = CLERK
    ) -> httpx.Response:
        return await self.send(actor, "GET", f"/v1/surveys/{survey['id']}/responses.{form}")

    async def work(self) -> None:
        """Do what is due, until nothing is."""
        for task in tasks(self.sessions, self.begin):
            while await task.run(self.clock.now):
                pass

    async def kept(self) -> int:
        async with self.sessions() as session:
            return await session.scalar(select(func.count()).select_from(Response)) or 0

    async def announced(self) -> list[tuple[str, dict[str, Any]]]:
        async with self.sessions() as session:
            messages = await session.scalars(
                select(OutboxMessage).order_by(OutboxMessage.position)
            )
            return [(message.type, message.data) for message in messages]


@pytest.fixture
def surveys(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    begin: BeginAs,
    group: None,  # noqa: ARG001  # surveys need sites and units
) -> Surveys:
    return Surveys(client, sessions, clock, begin)
