"""Sending once more, and sending for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select, update

from services.content.syndication.partners.message import PING, made_out
from services.content.syndication.partners.models import Delivery, Subscription
from services.content.syndication.partners.queries import subscribing as queries
from shared.contracts.subscribing import NewReplay
from shared.ids import new_id
from shared.problem import Conflict

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from shared.uow import UnitOfWork


class SubscriptionDisabled(Conflict):
    """Nothing is sent to a subscription that was disabled; resume it first."""

    advice = "该订阅已停用，请先恢复订阅。"


class SubscriptionPaused(Conflict):
    """Nothing is sent to a subscription that is paused; resume it first."""

    advice = "该订阅已暂停，请先恢复订阅。"


async def send_test(uow: UnitOfWork, subscription_id: UUID) -> Delivery:
    """Send a ping by the same road as any message; one that waits already is enough."""
    to = await _served(uow, subscription_id)
    if to.paused:
        raise SubscriptionPaused
    if waiting := await queries.waiting_about(uow.session, to.id, str(to.id)):
        return waiting
    ping = Delivery(
        subscription_id=to.id,
        event_id=new_id(),
        type=PING,
        subject=str(to.id),
        payload=made_out(PING, uow.now, {"subscription_id": str(to.id)}),
        made_at=uow.now,
        due_at=uow.now,
    )
    uow.session.add(ping)
    await uow.session.flush()
    return ping


async def replay(uow: UnitOfWork, subscription_id: UUID, asked: NewReplay) -> int:
    """Send messages once more, and every later one about their items after them.

    So whoever missed a release and then heard of the withdrawal ends with the withdrawal.
    """
    to = await _served(uow, subscription_id)
    if asked.delivery_id is not None:
        await queries.delivery(uow.session, to.id, asked.delivery_id)
    first = (
        select(Delivery.subject, func.min(Delivery.position).label("position"))
        .where(Delivery.subscription_id == to.id, *_chosen(asked))
        .group_by(Delivery.subject)
        .subquery()
    )
    again = await uow.session.scalars(
        update(Delivery)
        .where(
            Delivery.subscription_id == to.id,
            Delivery.subject == first.c.subject,
            Delivery.position >= first.c.position,
            Delivery.due_at.is_(None),
        )
        .values(due_at=uow.now, leased_until=None, attempts=0, given_up=None)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return len(again.all())


def _chosen(asked: NewReplay) -> list[ColumnElement[bool]]:
    if asked.delivery_id is not None:
        return [Delivery.id == asked.delivery_id]
    chosen = queries.DEAD if asked.since is None else Delivery.made_at >= asked.since
    return [Delivery.type != PING, chosen]


async def _served(uow: UnitOfWork, subscription_id: UUID) -> Subscription:
    to = await queries.subscription_to_change(uow.session, uow.actor, subscription_id)
    if not to.active:
        raise SubscriptionDisabled
    return to
