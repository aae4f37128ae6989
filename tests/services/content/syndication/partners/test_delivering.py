import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from services.content.syndication.partners.models import Attempt, Subscription
from services.content.syndication.partners.retry import figures
from shared.contracts.subscribing import DeliveryState, Disabled, GivenUp
from shared.db import Sessions
from shared.schedule import LEASE, Task
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
from tests.support.people import NOW


async def test_a_message_arrives_signed_and_its_receipt_is_kept(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
) -> None:
    (opened,) = await due(real_group, real_hear, subscriber.url)
    assert await worker.run(datetime.now(UTC)) == 1
    (body,), (headers,) = subscriber.bodies, subscriber.headers
    told = Webhook(opened["secret"]).verify(body, headers)
    assert told["type"] == "content.item.released"
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{subscriber.port}"
    assert "authorization" not in headers
    (receipt,) = await receipts(real_sessions)
    assert (receipt.status, receipt.attempts, receipt.due_at) == (200, 1, None)
    assert receipt.delivered_at is not None
    assert await worker.run(datetime.now(UTC) + timedelta(days=1)) == 0


async def test_the_official_client_refuses_a_delivery_that_was_tampered_with(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber
) -> None:
    (opened,) = await due(real_group, real_hear, subscriber.url, items=2)
    assert await worker.run(datetime.now(UTC)) == 2
    receiver = Webhook(opened["secret"])
    (body, other), (headers, _) = subscriber.bodies, subscriber.headers
    assert receiver.verify(body, headers)
    for wrong in (other, body.replace(b"policy", b"notice"), body[:-1], b""):
        with pytest.raises(WebhookVerificationError):
            receiver.verify(wrong, headers)


async def test_the_official_client_refuses_a_delivery_that_is_replayed_later(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber
) -> None:
    (opened,) = await due(real_group, real_hear, subscriber.url)
    assert await worker.run(datetime.now(UTC) - timedelta(minutes=6)) == 1
    (body,), (headers,) = subscriber.bodies, subscriber.headers
    with pytest.raises(WebhookVerificationError, match="timestamp"):
        Webhook(opened["secret"]).verify(body, headers)


async def test_a_message_not_taken_is_sent_again_later_under_the_same_id(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses = [500, 503, 204]
    await due(real_group, real_hear, subscriber.url)
    for attempt in (1, 2):
        assert await worker.run(watch()) == 1
        (receipt,) = await receipts(real_sessions)
        assert (receipt.attempts, receipt.delivered_at) == (attempt, None)
        assert receipt.due_at is not None
        assert receipt.due_at > watch()
        assert await worker.run(watch()) == 0
        watch.now = receipt.due_at
    assert await worker.run(watch()) == 1
    (receipt,) = await receipts(real_sessions)
    assert (receipt.attempts, receipt.delivered_at) == (3, watch())
    assert len({headers["webhook-id"] for headers in subscriber.headers}) == 1
    assert len({headers["webhook-timestamp"] for headers in subscriber.headers}) == 3


async def test_a_message_nobody_takes_is_a_dead_letter_after_days(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses = [500]
    await due(real_group, real_hear, subscriber.url)
    for attempt in range(1, figures().most_attempts + 1):
        assert await worker.run(watch()) == 1
        (receipt,) = await receipts(real_sessions)
        if receipt.due_at is not None:
            assert (receipt.attempts, receipt.state) == (attempt, DeliveryState.WAITING)
            watch.now = receipt.due_at
    assert watch() - NOW > timedelta(days=2)
    assert (receipt.due_at, receipt.delivered_at, receipt.status) == (None, None, 500)
    assert (receipt.state, receipt.given_up) == (DeliveryState.GIVEN_UP, GivenUp.UNANSWERED)
    watch.turn(timedelta(days=1))
    assert await worker.run(watch()) == 0
    async with real_sessions() as session:
        kept = (await session.scalars(select(Attempt).order_by(Attempt.id))).all()
    assert [attempt.status for attempt in kept] == [500] * figures().most_attempts


async def test_a_message_that_is_refused_for_what_it_is_is_given_up_sooner(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses = [404]
    await due(real_group, real_hear, subscriber.url)
    for _ in range(figures().refused_attempts):
        assert await worker.run(watch()) == 1
        watch.turn(timedelta(hours=13))
    (receipt,) = await receipts(real_sessions)
    assert (receipt.given_up, receipt.attempts) == (GivenUp.REFUSED, figures().refused_attempts)


async def test_a_subscriber_that_is_gone_is_not_called_again(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.statuses = [500, 410, 410]
    await due(real_group, real_hear, subscriber.url, items=3)
    await worker.run(watch())
    called = len(subscriber.bodies)
    watch.turn(timedelta(days=1))
    await worker.run(watch())
    watch.now = NOW
    await real_group.released()
    await real_hear()
    watch.turn(timedelta(days=2))
    assert await worker.run(watch()) == 0
    assert len(subscriber.bodies) == called == 3
    async with real_sessions() as session:
        (gone,) = (await session.scalars(select(Subscription))).all()
    assert (gone.active, gone.disabled) == (False, Disabled.GONE)
    kept = await receipts(real_sessions)
    assert [(receipt.due_at, receipt.given_up) for receipt in kept] == (
        [(None, GivenUp.DISABLED)] * 3
    )


async def test_a_redirect_is_not_followed(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
) -> None:
    subscriber.statuses, subscriber.location = [302], "/elsewhere"
    await due(real_group, real_hear, subscriber.url)
    await worker.run(NOW)
    assert subscriber.paths == ["POST /hook HTTP/1.1"]
    (receipt,) = await receipts(real_sessions)
    assert (receipt.status, receipt.delivered_at) == (302, None)


async def test_two_workers_never_send_one_message_at_the_same_time(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    real_begin: BeginAs,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    other = delivering(real_sessions, real_begin, LOOPBACK)
    subscriber.delay = 0.1
    await due(real_group, real_hear, subscriber.url, items=6)
    done = await asyncio.gather(*(task.run(watch()) for task in (worker, other)))
    assert sum(done) == len(subscriber.bodies) == 6
    assert len({headers["webhook-id"] for headers in subscriber.headers}) == 6
    assert {json.loads(body)["type"] for body in subscriber.bodies} == {"content.item.released"}


async def test_a_message_whose_worker_died_comes_round_with_its_lease(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    subscriber.delay = 30
    await due(real_group, real_hear, subscriber.url)
    dying = asyncio.ensure_future(worker.run(watch()))
    await asyncio.sleep(0.3)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    subscriber.delay = 0
    watch.turn(LEASE - timedelta(seconds=1))
    assert await worker.run(watch()) == 0
    watch.turn(timedelta(seconds=1))
    assert await worker.run(watch()) == 1
    (receipt,) = await receipts(real_sessions)
    assert (receipt.attempts, receipt.status) == (2, 200)
