"""What holds when many act at once, on connections of their own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from secrets import token_bytes
from uuid import UUID

import httpx
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.surveys.commands import responding, reviewing
from services.interaction.participation.surveys.sealing import AnswerKeys
from shared.auth import ANYONE
from shared.contracts.questionnaires import NewResponse
from shared.db import open_readings, open_sessions
from shared.uow import beginner
from tests.services.interaction.conftest import CITY, OFFICE, SITE, Clock, hear, organization, site
from tests.services.interaction.participation.surveys.conftest import CLERK, LEADER, Surveys
from tests.services.interaction.participation.surveys.questions import PLEASED
from tests.support.houses import house_on
from tests.support.interaction import interaction_over

KEYS = AnswerKeys("s" * 40)


@pytest_asyncio.fixture
async def crowd(engine: AsyncEngine, keyring: Keyring, clock: Clock) -> AsyncIterator[Surveys]:
    sessions = open_sessions(engine)
    begin = beginner(sessions, clock, "/interaction")
    await hear(begin, organization(CITY), organization(OFFICE), site(SITE, OFFICE))
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    app = interaction_over(house, keyring)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        yield Surveys(client, sessions, clock, begin)


async def test_a_pass_shown_many_times_at_once_is_good_for_one_response(crowd: Surveys) -> None:
    anyone = await crowd.approved()
    invited = await crowd.approved(answered_with="code", title="专家评价")
    [code] = (await crowd.act(CLERK, invited, "invitations", {"count": 1})).json()["codes"]
    for survey, shown in ((anyone, await crowd.device()), (invited, code)):
        done = await asyncio.gather(*(crowd.answer(survey, PLEASED, shown) for _ in range(6)))
        assert Counter(each.status_code for each in done) == {201: 1, 409: 5}
    assert await crowd.kept() == 2


async def test_a_survey_closes_only_after_a_response_that_is_under_way(crowd: Surveys) -> None:
    survey = await crowd.approved()
    new = NewResponse.model_validate({"answers": PLEASED})
    shown = await crowd.device()
    async with crowd.begin(ANYONE, "response") as uow:
        await responding.respond(uow, UUID(survey["id"]), new, shown, KEYS, token_bytes)
        await uow.session.flush()
        closing = asyncio.create_task(crowd.close(survey))
        await asyncio.sleep(0.2)
        assert not closing.done()
    assert (await closing).status_code == 200
    assert (await crowd.tally(survey)).json()["responses"] == await crowd.kept() == 1


async def test_a_response_that_waits_for_the_close_is_refused(crowd: Surveys) -> None:
    survey = await crowd.approved()
    async with crowd.begin(LEADER, "closing") as uow:
        await reviewing.close(uow, UUID(survey["id"]), "已收齐", version=survey["version"])
        await uow.session.flush()
        answering = asyncio.create_task(crowd.answer(survey, PLEASED))
        await asyncio.sleep(0.2)
        assert not answering.done()
    assert (await answering).json()["type"] == "/problems/survey-over"
    assert await crowd.kept() == 0
