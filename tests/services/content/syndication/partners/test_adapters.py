from datetime import timedelta

import pytest
from sqlalchemy import select

from services.content.syndication.partners.adapters import FORBIDDEN
from services.content.syndication.partners.models import Attempt
from shared.db import Sessions
from shared.destination import Allowed
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs
from tests.factories.content import Group
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.partners.conftest import (
    Subscriber,
    delivering,
    due,
    receipts,
)
from tests.support.people import NOW
from tests.support.web import names


async def test_nobody_inside_is_called_unless_allowed(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    strict_worker: Task,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    port = subscriber.port
    hosts = ("127.0.0.1", "localhost", "2130706433", "0x7f.1")
    await due(real_group, real_hear, *(f"http://{host}:{port}/hook" for host in hosts))
    assert await strict_worker.run(watch()) == len(hosts)
    assert subscriber.bodies == []
    for receipt in await receipts(real_sessions):
        assert (receipt.status, receipt.delivered_at) == (None, None)
        assert receipt.due_at is not None
    watch.turn(timedelta(minutes=1))
    await worker.run(watch())
    assert len(subscriber.bodies) == len(hosts)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "169.254.169.254",
        "fe80::1",
        "fc00::1",
        "64:ff9b::a00:1",
        "0.0.0.0",  # noqa: S104  # an address to refuse
    ],
)
async def test_a_name_that_leads_inside_is_not_called(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    real_begin: BeginAs,
    address: str,
) -> None:
    await due(real_group, real_hear, "http://partner.example.org/hook")
    outside = Outside(Allowed(), names(partner_example_org=address))
    await delivering(real_sessions, real_begin, outside).run(NOW)
    (receipt,) = await receipts(real_sessions)
    assert (receipt.status, receipt.attempts, receipt.delivered_at) == (None, 1, None)
    async with real_sessions() as session:
        assert await session.scalar(select(Attempt.fault)) == FORBIDDEN


@pytest.mark.parametrize(
    "host", ["a" * 70 + ".example.org", "nowhere.invalid", "a..b.example.org"]
)
async def test_an_address_that_cannot_be_looked_up_holds_nothing_up(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    host: str,
) -> None:
    await due(real_group, real_hear, f"http://{host}/hook", subscriber.url)
    assert await worker.run(NOW) == 2
    kept = await receipts(real_sessions)
    assert sorted(receipt.status or 0 for receipt in kept) == [0, 200]
    assert all(receipt.leased_until is None for receipt in kept)
