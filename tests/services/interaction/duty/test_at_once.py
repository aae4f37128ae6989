import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.citizens.sealing import Keyring
from services.interaction.duty import schedule
from shared.contracts.registry import OrganizationKind
from shared.db import open_readings, open_sessions
from shared.uow import beginner
from tests.services.interaction.conftest import OFFICE, Clock, hear, organization
from tests.services.interaction.duty.conftest import (
    ADMIN,
    DESK,
    LEADER,
    LI,
    MARCH,
    ROSTER,
    WANG,
    ZHAO,
    Desk,
    person_id,
)
from tests.services.interaction.duty.test_attending import beijing
from tests.support.houses import house_on, routed
from tests.support.interaction import interaction_over


@pytest_asyncio.fixture
async def real_desk(engine: AsyncEngine, keyring: Keyring, clock: Clock) -> AsyncIterator[Desk]:
    """A desk whose acts are committed, each on a connection of its own."""
    clock.now = beijing("2026-03-02T07:00")
    sessions = open_sessions(engine)
    office = organization(OFFICE, OrganizationKind.OFFICE)
    await hear(beginner(sessions, clock, "/interaction"), office)
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    app = routed(interaction_over(house, keyring))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        yield Desk(client, sessions, clock)


async def staffed(desk: Desk) -> None:
    for actor in (WANG, LI, ZHAO):
        await desk.enrol(actor, ROSTER[actor.id])
    await desk.enrol(LEADER, "陈主任", serves=False, leads=True)


async def test_a_desk_opened_at_once_by_many_is_one_desk(real_desk: Desk) -> None:
    news = [
        {"person_id": person_id(actor), "name": ROSTER[actor.id]}
        for actor in (WANG, LI, ZHAO, WANG)
    ]
    answers = await asyncio.gather(
        *(real_desk.send(ADMIN, "POST", f"{DESK}/members", new) for new in news)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 409]
    assert len((await real_desk.done(ADMIN, "GET", "/v1/duty-desks"))["items"]) == 1


async def test_a_desk_drafted_at_once_by_many_has_one_draft(real_desk: Desk) -> None:
    await staffed(real_desk)
    answers = await asyncio.gather(
        *(real_desk.send(LEADER, "POST", f"{DESK}/rosters", MARCH) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_of_two_who_take_one_day_at_once_one_has_it_and_nobody_two(
    real_desk: Desk,
) -> None:
    await staffed(real_desk)
    await real_desk.publish()
    mine = (await real_desk.of(WANG))[1]
    swaps = []
    for actor in (LI, ZHAO):
        wish = {"member_id": (await real_desk.member(actor))["id"]}
        swaps.append((await real_desk.act(WANG, mine, "swaps", wish)).json())
    answers = await asyncio.gather(
        *(
            real_desk.send(actor, "POST", f"/v1/duty-swaps/{swap['id']}/acceptance", version=1)
            for actor, swap in zip((LI, ZHAO), swaps, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    settled = await real_desk.announced("duty_swap.settled")
    assert sorted(each["state"] for each in settled) == ["accepted", "overtaken"]
    assert len(await real_desk.announced("duty.reassigned")) == 1


async def test_of_many_workers_one_says_that_duty_is_missing(
    real_desk: Desk, engine: AsyncEngine, clock: Clock
) -> None:
    await staffed(real_desk)
    await real_desk.publish()
    clock.now = beijing("2026-03-02T08:10")
    sessions = open_sessions(engine)
    begin = beginner(sessions, clock, "/interaction")
    looked = await asyncio.gather(
        *(schedule.look_for_duty(sessions, begin, clock.now) for _ in range(4))
    )
    assert sum(looked) == 1
    assert len(await real_desk.announced("duty.missing")) == 1


async def test_signing_on_and_being_looked_for_at_once_agree(
    real_desk: Desk, engine: AsyncEngine, clock: Clock
) -> None:
    await staffed(real_desk)
    await real_desk.publish()
    duty = await real_desk.duty("2026-03-02")
    clock.now = beijing("2026-03-02T08:10")
    sessions = open_sessions(engine)
    begin = beginner(sessions, clock, "/interaction")
    answer, _ = await asyncio.gather(
        real_desk.act(WANG, duty, "sign-on"),
        schedule.look_for_duty(sessions, begin, clock.now),
    )
    assert answer.json()["late"] is True
    await schedule.look_for_duty(sessions, begin, clock.now)  # a desk that is held is left alone
    assert len(await real_desk.announced("duty.missing")) == 1
