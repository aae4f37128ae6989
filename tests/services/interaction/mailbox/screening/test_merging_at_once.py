import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.citizens.sealing import Keyring
from shared.contracts.registry import OrganizationKind
from shared.db import open_readings, open_sessions
from shared.uow import beginner
from tests.services.interaction.conftest import (
    CITY,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    SITE,
    Clock,
    Mailbox,
    hear,
    organization,
    site,
)
from tests.support.houses import house_on
from tests.support.interaction import interaction_over

AGAIN = range(5)


@pytest_asyncio.fixture
async def real_mailbox(
    engine: AsyncEngine, keyring: Keyring, clock: Clock
) -> AsyncIterator[Mailbox]:
    """A mailbox whose acts are transactions of their own."""
    sessions = open_sessions(engine)
    await hear(
        beginner(sessions, clock, "/interaction"),
        organization(CITY),
        organization(OFFICE, OrganizationKind.OFFICE),
        organization(ROADS, OrganizationKind.DEPARTMENT),
        site(SITE, OFFICE),
    )
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    transport = httpx.ASGITransport(interaction_over(house, keyring))
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        yield Mailbox(client, sessions, clock)


async def merge(mailbox: Mailbox, lead: str, *others: str) -> int:
    ids = [str((await mailbox.row(other)).id) for other in others]
    return (await mailbox.act(DISPATCHER, lead, "merger", letters=ids)).status_code


async def test_two_letters_merged_into_each_other_at_once_leave_one_lead(
    real_mailbox: Mailbox,
) -> None:
    for _ in AGAIN:
        one, other = [(await real_mailbox.write())["number"] for _ in range(2)]
        done = await asyncio.gather(
            merge(real_mailbox, one, other), merge(real_mailbox, other, one)
        )
        assert sorted(done) in ([200, 412], [200, 422])
        states = sorted([(await real_mailbox.row(each)).state for each in (one, other)])
        assert states == ["merged", "received"]


async def test_leads_merged_in_a_ring_at_once_leave_one_lead(real_mailbox: Mailbox) -> None:
    for _ in AGAIN:
        ring = [(await real_mailbox.write())["number"] for _ in range(3)]
        await asyncio.gather(
            *(merge(real_mailbox, ring[at - 1], each) for at, each in enumerate(ring))
        )
        letters = [await real_mailbox.row(number) for number in ring]
        leads = {letter.id for letter in letters if letter.state == "received"}
        assert leads
        assert {letter.lead_id for letter in letters if letter.state == "merged"} <= leads


async def test_nobody_is_merged_into_what_is_answered_at_the_same_time(
    real_mailbox: Mailbox,
) -> None:
    for _ in AGAIN:
        lead, late, early = [
            (await make())["number"]
            for make in (real_mailbox.drafted, real_mailbox.write, real_mailbox.write)
        ]
        assert await merge(real_mailbox, lead, early) == 200
        seen = (await real_mailbox.read(HEAD, lead)).json()["answer"]["answer_hash"]
        answered, merged = await asyncio.gather(
            real_mailbox.act(HEAD, lead, "answer/review", verdict="approve", answer_hash=seen),
            merge(real_mailbox, lead, late),
        )
        assert answered.status_code == 200
        assert (await real_mailbox.row(early)).state == "answered"
        expected = {200: "answered", 409: "received", 412: "received"}[merged]
        assert (await real_mailbox.row(late)).state == expected


async def test_a_letter_parted_while_its_lead_is_answered_is_answered_or_alone(
    real_mailbox: Mailbox,
) -> None:
    for _ in AGAIN:
        lead, other = [
            (await make())["number"] for make in (real_mailbox.drafted, real_mailbox.write)
        ]
        await merge(real_mailbox, lead, other)
        seen = (await real_mailbox.read(HEAD, lead)).json()["answer"]["answer_hash"]
        answered, parted = await asyncio.gather(
            real_mailbox.act(HEAD, lead, "answer/review", verdict="approve", answer_hash=seen),
            real_mailbox.act(DISPATCHER, other, "parting", words="另行办理"),
        )
        assert answered.status_code == 200
        expected = "accepted" if parted.status_code == 200 else "answered"
        assert (await real_mailbox.row(other)).state == expected
