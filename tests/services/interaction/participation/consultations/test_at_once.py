import asyncio
from dataclasses import replace

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.citizens.sealing import Keyring
from shared.contracts.registry import OrganizationKind
from shared.db import open_readings, open_sessions
from shared.uow import beginner
from tests.services.interaction.conftest import (
    CITY,
    OFFICE,
    ROADS,
    SITE,
    Clock,
    hear,
    organization,
    site,
)
from tests.services.interaction.participation.conftest import CLERK, EDITOR
from tests.services.interaction.participation.consultations.conftest import Hall
from tests.support.houses import house_on, routed
from tests.support.interaction import interaction_over


async def test_opinions_come_are_moderated_and_answered_at_once_and_none_waits_for_ever(
    engine: AsyncEngine, keyring: Keyring, clock: Clock
) -> None:
    sessions = open_sessions(engine)
    office = organization(OFFICE, OrganizationKind.OFFICE)
    roads = organization(ROADS, OrganizationKind.DEPARTMENT)
    begin = beginner(sessions, clock, "/interaction")
    await hear(begin, organization(CITY), office, roads, site(SITE, OFFICE))
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    app = routed(interaction_over(house, keyring))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        hall = Hall(client, sessions, clock)
        held = await hall.opened()
        receipts = await asyncio.gather(*(hall.give(held) for _ in range(6)))
        assert len({receipt["number"] for receipt in receipts}) == 6
        listed = await hall.done(CLERK, "GET", f"/consultations/{held['id']}/opinions")
        opinions = await asyncio.gather(*(hall.moderate(one) for one in listed["items"]))

        async def decline(opinion: dict[str, object]) -> httpx.Response:
            path, given = f"/opinions/{opinion['id']}/moderation", {"act": "decline"}
            return await hall.send(CLERK, "POST", path, {**given, "reason": "误判"}, version=2)

        acts = [hall.answer(held, *opinions), *(decline(opinion) for opinion in opinions)]
        async with asyncio.timeout(30):
            done = await asyncio.gather(*acts, *(hall.answer(held, one) for one in opinions))
        assert {answer.status_code for answer in done} <= {200, 201, 412, 422}
        left = await hall.done(EDITOR, "GET", f"/consultations/{held['id']}/answers")
        answered = await hall.done(
            CLERK, "GET", f"/consultations/{held['id']}/opinions?answered=true"
        )
        assert sum(one["opinions"] for one in left["items"]) == len(answered["items"])
        assert all(one["state"] == "approved" for one in answered["items"])
