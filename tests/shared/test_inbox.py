import asyncio
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from shared.contracts.content import ItemSubmitted, ItemWithdrawn
from shared.db import Sessions, utc_now
from shared.events import Envelope
from shared.inbox import Consumer, InboxMessage, Subscriptions, set_aside, take_in
from shared.outbox import OutboxMessage
from shared.uow import UnitOfWork, beginner
from tests.support import bus


async def stamped(sessions: Sessions) -> Envelope:
    await bus.stamp(sessions, range(1), papers=1)
    async with sessions() as session:
        return (await session.scalars(select(OutboxMessage))).one().envelope()


async def test_an_event_delivered_twice_takes_effect_once(sessions: Sessions) -> None:
    begin = beginner(sessions, utc_now, "/tests")
    envelope = await stamped(sessions)
    assert await take_in(bus.consumer(), begin, envelope)
    assert not await take_in(bus.consumer(), begin, envelope)
    assert await bus.numbers_by_subject(sessions) == {"paper-0": [0]}


async def test_an_event_delivered_twice_at_once_takes_effect_once(committing: Sessions) -> None:
    begin = beginner(committing, utc_now, "/tests")
    envelope = await stamped(committing)
    outcomes = await asyncio.gather(*(take_in(bus.consumer(), begin, envelope) for _ in range(5)))
    assert sorted(outcomes) == [False] * 4 + [True]
    assert await bus.numbers_by_subject(committing) == {"paper-0": [0]}


async def test_a_failed_effect_leaves_no_trace_that_the_event_was_taken_in(
    sessions: Sessions,
) -> None:
    begin = beginner(sessions, utc_now, "/tests")
    envelope = await stamped(sessions)
    poisoned = envelope.model_copy(update={"data": {**envelope.data, "poisoned": True}})
    with pytest.raises(ArithmeticError):
        await take_in(bus.consumer(), begin, poisoned)
    assert await take_in(bus.consumer(), begin, envelope)


async def test_an_event_set_aside_after_it_was_taken_in_keeps_its_good_name(
    sessions: Sessions,
) -> None:
    begin = beginner(sessions, utc_now, "/tests")
    envelope = await stamped(sessions)
    await take_in(bus.consumer(), begin, envelope)
    await set_aside(bus.consumer(), begin, envelope, "a fault")
    async with sessions() as session:
        assert not await session.scalar(select(func.count(InboxMessage.fault)))


async def test_an_effect_knows_its_cause_actor_and_request(sessions: Sessions) -> None:
    seen: list[UnitOfWork] = []
    curious = Subscriptions()

    @curious.on(bus.Stamped)
    async def look(uow: UnitOfWork, event: bus.Stamped) -> None:
        assert event == bus.Stamped(paper="paper-0", number=0)
        seen.append(uow)

    envelope = await stamped(sessions)
    begin = beginner(sessions, utc_now, "/tests")
    await take_in(Consumer("curious", (curious,)), begin, envelope)
    [uow] = seen
    assert (uow.cause, uow.actor.id, uow.request_id) == (envelope.id, bus.CLERK.id, "request-0")


async def nothing(_: UnitOfWork, __: object) -> None:
    """Handle an event without effect."""


def test_a_consumer_listens_to_what_its_capabilities_want() -> None:
    first, second = Subscriptions(), Subscriptions()
    first.on(ItemWithdrawn, ItemSubmitted)(nothing)
    second.on(ItemWithdrawn)(nothing)
    both = Consumer("both", (first, second))
    assert len(both.handlers("content.item.submitted")) == 1
    assert len(both.handlers("content.item.withdrawn")) == 2
    assert both.handlers("content.item.drafted") == []


@given(st.text())
def test_a_consumer_of_everything_handles_every_type(type: str) -> None:
    all_ears = Subscriptions()
    all_ears.on_all(nothing)
    consumer = Consumer("all ears", (bus.subscriptions, all_ears))
    assert consumer.handlers(type) == [nothing]
    assert consumer.particular(type) == []
    assert len(consumer.handlers(bus.Stamped.type)) == 2


async def test_an_event_set_aside_and_sent_again_gets_the_effects_it_lacks_and_no_other_twice(
    sessions: Sessions,
) -> None:
    begin = beginner(sessions, utc_now, "/tests")
    envelope = await stamped(sessions)
    keeping, kept = Subscriptions(), list[UUID]()

    @keeping.on_all
    async def keep(_: UnitOfWork, envelope: Envelope) -> None:
        kept.append(envelope.id)

    consumer = Consumer("both", (keeping, bus.subscriptions))
    await set_aside(consumer, begin, envelope, "a fault")
    assert kept == [envelope.id]
    assert await bus.effects(sessions) == 0
    assert await take_in(consumer, begin, envelope)
    assert not await take_in(consumer, begin, envelope)
    assert kept == [envelope.id]
    assert await bus.numbers_by_subject(sessions) == {"paper-0": [0]}
    async with sessions() as session:
        assert not await session.scalar(select(func.count(InboxMessage.fault)))


async def test_an_event_that_fails_again_stays_aside(sessions: Sessions) -> None:
    begin = beginner(sessions, utc_now, "/tests")
    envelope = await stamped(sessions)
    poisoned = envelope.model_copy(update={"data": {**envelope.data, "poisoned": True}})
    await set_aside(bus.consumer(), begin, poisoned, "a fault")
    with pytest.raises(ArithmeticError):
        await take_in(bus.consumer(), begin, poisoned)
    await set_aside(bus.consumer(), begin, poisoned, "the same fault")
    async with sessions() as session:
        assert (await session.scalars(select(InboxMessage.fault))).all() == ["a fault"]
