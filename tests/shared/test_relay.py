import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client
from sqlalchemy import select, update

from deploy.local.servers import Server
from shared.db import Sessions, utc_now
from shared.events import Envelope
from shared.outbox import OutboxMessage
from shared.process import connect
from shared.relay import LONGEST_PAUSE, STREAM, deliver, pause, publisher, relay, waiting
from tests.support import bus

LATER = timedelta(minutes=10)


@pytest_asyncio.fixture
async def nats(nats_server: Server) -> AsyncIterator[Client]:
    client = await connect(nats_server.url)
    yield client
    await client.close()


class Wire:
    """What went over the wire; it refuses what a test tells it to."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []
        self.refuses: set[str] = set()

    async def __call__(self, message: OutboxMessage) -> None:
        await asyncio.sleep(0.001)
        if message.subject in self.refuses:
            raise OSError("the wire is cut")
        self.sent.append((message.subject, message.data["number"]))

    def by_subject(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for subject, number in self.sent:
            found[subject].append(number)
        return found


async def test_a_message_waits_for_the_earlier_ones_on_its_subject(committing: Sessions) -> None:
    await bus.stamp(committing, range(3), papers=2)
    wire = Wire()
    assert await deliver(committing, wire, utc_now()) == 2
    assert sorted(wire.sent) == [("paper-0", 0), ("paper-1", 0)]


async def test_a_refused_message_holds_back_only_its_own_subject(committing: Sessions) -> None:
    await bus.stamp(committing, range(3), papers=2)
    wire, now = Wire(), utc_now()
    wire.refuses = {"paper-0"}
    while await deliver(committing, wire, now):
        pass
    assert wire.by_subject() == {"paper-1": [0, 1, 2]}
    wire.refuses = set()
    while await deliver(committing, wire, now + LATER):
        pass
    assert wire.by_subject() == bus.in_order(range(3), papers=2)


async def test_a_refused_message_rests_before_it_is_tried_again(committing: Sessions) -> None:
    await bus.stamp(committing, range(1), papers=1)
    wire, now = Wire(), utc_now()
    wire.refuses = {"paper-0"}
    assert await deliver(committing, wire, now) == 0
    wire.refuses = set()
    assert await deliver(committing, wire, now + pause(1) - timedelta(milliseconds=1)) == 0
    assert await deliver(committing, wire, now + pause(1)) == 1


@given(st.integers(0, 10_000))
def test_pauses_grow_and_stay_bounded(attempts: int) -> None:
    assert timedelta(0) < pause(attempts) <= pause(attempts + 1) <= LONGEST_PAUSE


async def test_two_relays_at_once_keep_the_order_of_each_subject(committing: Sessions) -> None:
    events = await bus.stamp(committing, range(20), papers=6)
    wire = Wire()

    async def drain() -> int:
        sent = 0
        while await waiting(committing):
            sent += await deliver(committing, wire, utc_now())
        return sent

    shares = await asyncio.gather(drain(), drain(), drain())
    assert sum(shares) == events
    assert wire.by_subject() == bus.in_order(range(20), papers=6)


async def test_the_bus_gets_a_cloud_event_and_knows_it_when_it_is_sent_twice(
    committing: Sessions, nats: Client
) -> None:
    await bus.stamp(committing, range(1), papers=1)
    jetstream = nats.jetstream()
    assert await deliver(committing, publisher(nats), utc_now()) == 1
    async with committing.begin() as session:
        await session.execute(update(OutboxMessage).values(delivered_at=None))
        message = (await session.scalars(select(OutboxMessage))).one()
    assert await deliver(committing, publisher(nats), utc_now()) == 1
    assert (await jetstream.stream_info(STREAM)).state.messages == 1
    kept = await jetstream.get_msg(STREAM, 1)
    assert kept.subject == "zhengbu.events.tests.paper.stamped"
    assert kept.data is not None
    assert Envelope.model_validate_json(kept.data) == message.envelope()


async def test_two_relays_on_one_bus_keep_the_order_of_each_subject(
    committing: Sessions, nats: Client, nats_server: Server
) -> None:
    other = await connect(nats_server.url)
    relays = [asyncio.create_task(relay(committing, client, utc_now)) for client in (nats, other)]
    events = await bus.stamp(committing, range(30), papers=4)

    async def all_sent() -> bool:
        return not await waiting(committing)

    await bus.until(all_sent)
    for running in relays:
        running.cancel()
    await asyncio.gather(*relays, return_exceptions=True)
    await other.close()
    found = defaultdict(list)
    for sequence in range(1, events + 1):
        kept = await nats.jetstream().get_msg(STREAM, sequence)
        assert kept.data is not None
        envelope = Envelope.model_validate_json(kept.data)
        found[envelope.subject].append(envelope.data["number"])
    assert found == bus.in_order(range(30), papers=4)


@pytest.mark.parametrize("attempts", [0, 1])
async def test_an_event_made_due_again_after_an_attempt_is_no_duplicate_to_the_bus(
    committing: Sessions, nats: Client, attempts: int
) -> None:
    await bus.stamp(committing, range(1), papers=1)
    await deliver(committing, publisher(nats), utc_now())
    async with committing.begin() as session:
        again = {"delivered_at": None, "attempts": OutboxMessage.attempts + attempts}
        await session.execute(update(OutboxMessage).values(again))
    await deliver(committing, publisher(nats), utc_now())
    state = (await nats.jetstream().stream_info(STREAM)).state
    assert state.messages == 1 + attempts
