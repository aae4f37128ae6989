"""Sending messages to subscribers: who is served next, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import update

from services.content.syndication.partners.models import Attempt, Delivery, Subscription
from services.content.syndication.partners.queries import delivering as queries
from services.content.syndication.partners.retry import (
    Reply,
    figures,
    given_up,
    is_received,
    pause,
    rest,
)
from shared.contracts.subscribing import (
    Disabled,
    GivenUp,
    SubscriptionAct,
    SubscriptionChanged,
)
from shared.schedule import LEASE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.db import Sessions
    from shared.uow import UnitOfWork


class Leased(NamedTuple):
    """A message that one worker may send, and to whom."""

    delivery: Delivery
    to: Subscription


async def take(sessions: Sessions, now: datetime, *, most: int) -> Sequence[Leased]:
    """Lease up to `most` messages to one worker, in order for each item and subscriber.

    While a subscriber is locked nobody else chooses among its messages, so that two workers
    never send it one item's messages at once, nor two probes.
    """
    leased: list[Leased] = []
    async with sessions.begin() as session:
        for to in await session.scalars(queries.subscribers_to_serve(now, most)):
            question = queries.messages_to_send(to, now, most - len(leased))
            for delivery in await session.scalars(question):
                delivery.leased_until = now + LEASE
                delivery.attempts += 1
                leased.append(Leased(delivery, to))
            if len(leased) == most:
                break
    return leased


async def record_attempt(
    uow: UnitOfWork, leased: Leased, reply: Reply, at: datetime, *, chance: float
) -> None:
    """Note how an attempt to deliver went, and what follows from it."""
    # Whoever settles a message locks its subscription first, so that none waits in a circle.
    failures = await _note_answer(uow, leased.to.id, reply)
    delivery = await queries.delivery_locked(uow.session, leased.delivery.id)
    uow.session.add(
        Attempt(
            delivery_id=delivery.id,
            at=at,
            status=reply.status,
            fault=reply.fault,
            milliseconds=round(reply.took.total_seconds() * 1000),
        )
    )
    if delivery.due_at is None:  # settled while this attempt was under way
        return
    delivery.status, delivery.leased_until = reply.status, None
    if is_received(reply.status):
        delivery.delivered_at, delivery.due_at = uow.now, None
    elif why := given_up(reply.status, delivery.attempts):
        delivery.given_up, delivery.due_at = why, None
    else:
        wait = max(pause(delivery.attempts, chance), rest(reply, failures, uow.now))
        delivery.due_at = uow.now + wait


async def disable(uow: UnitOfWork, subscription: Subscription, why: Disabled) -> None:
    """Call a subscriber no more, and give up what waits for it."""
    subscription.active, subscription.disabled = False, why
    uow.announce(
        SubscriptionChanged(
            subscription_id=subscription.id,
            partner=subscription.partner,
            act=SubscriptionAct.DISABLED,
        )
    )
    await give_up_waiting(uow, subscription, GivenUp.DISABLED)


async def give_up_waiting(uow: UnitOfWork, subscription: Subscription, why: GivenUp) -> None:
    """Give up everything that waits for a subscriber; it can be replayed."""
    await uow.session.execute(
        update(Delivery)
        .where(Delivery.subscription_id == subscription.id, Delivery.due_at.is_not(None))
        .values(due_at=None, leased_until=None, given_up=why)
        .execution_options(synchronize_session=False)
    )


async def _note_answer(uow: UnitOfWork, subscription_id: UUID, reply: Reply) -> int:
    """Note how a subscriber answered, and return how often it has failed in a row."""
    if is_received(reply.status):
        healed = {"failures": 0, "failing_since": None, "rests_until": None}
        await _note(uow, subscription_id, healed, Subscription.failures > 0)
        return 0
    to = await queries.subscription_locked(uow.session, subscription_id)
    since = to.failing_since or uow.now
    if to.active and reply.status == figures().gone:
        await disable(uow, to, Disabled.GONE)
    elif to.active and uow.now - since >= figures().patience:
        await disable(uow, to, Disabled.FAILING)
    # What was under way when the breaker opened says nothing new.
    if to.rests_until is not None and to.rests_until > uow.now:
        return to.failures
    failures = to.failures + 1
    until = uow.now + rest(reply, failures, uow.now)
    noted = {"failures": failures, "failing_since": since, "rests_until": until}
    await _note(uow, subscription_id, noted)
    return failures


async def _note(
    uow: UnitOfWork, subscription_id: UUID, noted: dict[str, Any], *where: Any
) -> None:
    await uow.session.execute(
        update(Subscription)
        .where(Subscription.id == subscription_id, *where)
        .values(noted)
        .execution_options(synchronize_session=False)
    )
