"""Subscribing to changes, and what is sent to subscribers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from services.content.registry import queries as registry
from services.content.syndication.models import Delivery, Subscription
from services.content.syndication.queries import subscribing as queries
from services.content.syndication.retry import GONE, MOST_ATTEMPTS, is_received, pause
from shared.auth import Permission
from shared.contracts.directing import NewSubscription
from shared.problem import Fault, Invalid

if TYPE_CHECKING:
    from shared.contracts.content import ItemReleased, ItemWithdrawn
    from shared.uow import UnitOfWork


async def subscribe(uow: UnitOfWork, new: NewSubscription) -> Subscription:
    """Let a partner be told of changes at an address of its own."""
    for code in new.site_codes or (None,):  # no code means every site
        uow.actor.require(Permission.SUBSCRIBE, uow.actor.organization, site_code=code)
    if new.url.username or new.url.password:
        raise Invalid([Fault("/url", "user_info", "网址中不能含有账号或口令。")])
    known = await registry.sites_coded(uow.session, new.site_codes)
    if unknown := set(new.site_codes) - known.keys():
        raise _unknown_sites(unknown)
    subscription = Subscription(
        partner=uow.actor.organization, url=str(new.url), site_codes=new.site_codes
    )
    uow.session.add(subscription)
    await uow.session.flush()
    return subscription


async def tell_subscribers(uow: UnitOfWork, event: ItemReleased | ItemWithdrawn) -> None:
    """Make out a message to every subscriber that wants to hear of the event's site."""
    if uow.cause is None:
        return
    message = {
        "type": event.type,
        "timestamp": uow.now.isoformat(),
        "data": event.model_dump(mode="json"),
    }
    for subscription in await queries.subscriptions_to(uow.session, event.site_code):
        uow.session.add(
            Delivery(
                subscription_id=subscription.id,
                event_id=uow.cause,
                type=event.type,
                subject=event.subject,
                payload=json.dumps(message, ensure_ascii=False),
                due_at=uow.now,
            )
        )


async def record_attempt(
    uow: UnitOfWork, delivery_id: UUID, status: int | None, *, chance: float
) -> None:
    """Note how an attempt to deliver went, and when the next one is due, if there is one."""
    delivery = await queries.delivery(uow.session, delivery_id)
    delivery.status, delivery.leased_until, delivery.due_at = status, None, None
    if is_received(status):
        delivery.delivered_at = uow.now
    elif status == GONE:
        delivery.subscription.active = False
    elif delivery.attempts < MOST_ATTEMPTS:
        delivery.due_at = uow.now + pause(delivery.attempts, chance)


def _unknown_sites(codes: set[str]) -> Invalid:
    told = sorted(codes)
    return Invalid([Fault("/site_codes", "unknown", f"范围内没有网站 {code}。") for code in told])
