import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from services.content.syndication.partners.models import Subscription
from services.content.syndication.partners.retry import figures
from shared.contracts.subscribing import Disabled
from shared.db import Sessions
from shared.schedule import Task
from shared.uow import BeginAs
from tests.factories.content import Group
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.partners.conftest import (
    LOOPBACK,
    Subscriber,
    delivering,
    due,
    receipts,
)

RELEASED, WITHDRAWN = "content.item.released", "content.item.withdrawn"


def told(subscriber: Subscriber) -> Sequence[tuple[str, str]]:
    messages = [json.loads(body) for body in subscriber.bodies]
    return [(message["data"]["item_id"], message["type"]) for message in messages]


async def standing(sessions: Sessions) -> Subscription:
    async with sessions() as session:
        return (await session.scalars(select(Subscription))).one()


async def test_a_message_waits_for_the_one_before_it_about_the_same_item_only(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    subscriber.statuses = [500, 200]
    await due(real_group, real_hear, subscriber.url, items=0)
    first = await real_group.released()
    await real_group.withdraw(first)
    await real_hear()
    assert await worker.run(watch()) == 1
    second = await real_group.released()
    await real_hear()
    assert await worker.run(watch()) == 1
    watch.turn(timedelta(minutes=10))
    assert await worker.run(watch()) == 1
    assert await worker.run(watch()) == 1
    assert told(subscriber) == [
        (first["id"], RELEASED),
        (second["id"], RELEASED),
        (first["id"], RELEASED),
        (first["id"], WITHDRAWN),
    ]


async def test_what_is_given_up_lets_the_next_about_its_item_go_on(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    refusals = figures().refused_attempts
    subscriber.statuses = [400] * refusals + [200]
    await due(real_group, real_hear, subscriber.url, items=0)
    await real_group.withdraw(await real_group.released())
    await real_hear()
    for _ in range(refusals):
        assert await worker.run(watch()) == 1
        watch.turn(timedelta(hours=13))
    assert await worker.run(watch()) == 1
    assert [kind for _, kind in told(subscriber)] == [RELEASED] * refusals + [WITHDRAWN]


async def test_a_subscriber_that_fails_again_and_again_is_sent_one_probe_at_a_time(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    real_begin: BeginAs,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    failures, items = figures().breaker_failures, figures().breaker_failures + 3
    subscriber.statuses = [500] * (items + 1) + [200]
    await due(real_group, real_hear, subscriber.url, items=items)
    assert await worker.run(watch()) == items
    open_ = await standing(real_sessions)
    assert (open_.failures, open_.version) == (failures, 1)
    assert open_.rests_until == watch() + timedelta(minutes=1)
    watch.turn(timedelta(seconds=59))
    assert await worker.run(watch()) == 0
    watch.turn(timedelta(seconds=1))
    assert await worker.run(watch()) == 1
    assert (await standing(real_sessions)).rests_until == watch() + timedelta(minutes=2)
    watch.turn(timedelta(hours=1))
    subscriber.delay = 0.5
    other = delivering(real_sessions, real_begin, LOOPBACK)
    assert await both(worker, other, watch) == 1
    closed = await standing(real_sessions)
    assert (closed.failures, closed.rests_until, closed.failing_since) == (0, None, None)
    subscriber.delay = 0
    assert await worker.run(watch()) == items - 1
    assert {receipt.status for receipt in await receipts(real_sessions)} == {200}


async def both(one: Task, other: Task, watch: Watch) -> int:
    return sum(await asyncio.gather(one.run(watch()), other.run(watch())))


async def test_a_subscriber_that_asks_for_rest_is_left_alone(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses, subscriber.retry_after = [429, 200], "3600"
    await due(real_group, real_hear, subscriber.url)
    assert await worker.run(watch()) == 1
    await real_group.released()
    await real_hear()
    watch.turn(timedelta(minutes=59))
    assert await worker.run(watch()) == 0
    watch.turn(timedelta(minutes=1))
    assert await worker.run(watch()) == 2
    assert (await standing(real_sessions)).failures == 0


async def test_a_subscriber_that_fails_for_days_is_called_no_more(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses = [500]
    await due(real_group, real_hear, subscriber.url, items=2)
    await worker.run(watch())
    watch.turn(figures().patience - timedelta(seconds=1))
    assert await worker.run(watch()) == 2
    assert (await standing(real_sessions)).active
    watch.turn(timedelta(days=1))
    assert await worker.run(watch()) >= 1
    ended = await standing(real_sessions)
    assert (ended.active, ended.disabled) == (False, Disabled.FAILING)


async def test_a_slow_subscriber_does_not_hold_up_the_others(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    real_begin: BeginAs,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    quick = delivering(real_sessions, real_begin, LOOPBACK, soon=0.2)
    subscriber.delay = 30
    await due(real_group, real_hear, subscriber.url, items=2)
    await quick.run(watch())
    subscriber.delay = 0
    await real_group.released()
    await real_hear()
    while len(subscriber.bodies) < 3 or not any(r.status for r in await receipts(real_sessions)):
        await quick.run(watch())
    states = [receipt.status for receipt in await receipts(real_sessions)]
    assert states == [None, None, 200]
    subscriber.over.set()
    assert await asyncio.gather(*subscriber.serving)
    await quick.run(watch())
