import asyncio
from dataclasses import replace

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.admission.gate import Gate
from services.interaction.citizens.sealing import Keyring
from shared.db import open_readings, open_sessions
from shared.uow import beginner
from tests.services.interaction.conftest import (
    CITY,
    LETTER,
    SITE,
    Clock,
    hear,
    organization,
    site,
)
from tests.support.houses import house_on
from tests.support.interaction import interaction_over


async def test_letters_written_at_once_get_numbers_of_their_own(
    engine: AsyncEngine, keyring: Keyring, clock: Clock, gate: Gate
) -> None:
    sessions = open_sessions(engine)
    await hear(beginner(sessions, clock, "/interaction"), organization(CITY), site(SITE, CITY))
    house = replace(house_on(sessions, "/interaction"), readings=open_readings(engine))
    transport = httpx.ASGITransport(interaction_over(house, keyring, gate=gate))
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        answers = await asyncio.gather(
            *(client.post("/v1/public/letters", json=LETTER) for _ in range(8))
        )
        page = await client.get("/v1/public/letters")
    serials = sorted(answer.json()["number"].split("-")[2] for answer in answers)
    assert serials == [f"{serial:04}" for serial in range(1, 9)]
    assert page.json()["items"] == []
