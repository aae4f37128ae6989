"""Subscribing to changes, and what is sent to subscribers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.syndication.models import Delivery, Subscription
from services.content.syndication.queries import subscribing as queries
from shared.auth import Permission
from shared.contracts.subscribing import NewSubscription
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
                made_at=uow.now,
                due_at=uow.now,
            )
        )


def _unknown_sites(codes: set[str]) -> Invalid:
    told = sorted(codes)
    return Invalid([Fault("/site_codes", "unknown", f"范围内没有网站 {code}。") for code in told])
