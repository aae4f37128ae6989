from datetime import timedelta

import pytest

from shared.db import Sessions
from shared.schedule import Task
from tests.factories.content import Group
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.partners.conftest import Subscriber, due, receipts
from tests.support.people import NOW


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
    "host",
    [
        "10.0.0.1",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "[fe80::1]",
        "[fc00::1]",
        "[64:ff9b::a00:1]",
        "0.0.0.0",  # noqa: S104  # an address to refuse
    ],
)
async def test_private_and_link_local_addresses_are_not_called(
    real_group: Group, real_hear: Hear, real_sessions: Sessions, strict_worker: Task, host: str
) -> None:
    await due(real_group, real_hear, f"http://{host}/hook")
    await strict_worker.run(NOW)
    (receipt,) = await receipts(real_sessions)
    assert (receipt.status, receipt.attempts, receipt.delivered_at) == (None, 1, None)


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
