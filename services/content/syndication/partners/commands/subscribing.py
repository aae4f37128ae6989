"""Subscribing to changes, and what is made out to subscribers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import insert

from services.content.editorial.vocabulary import vocabularies
from services.content.registry import queries as registry
from services.content.registry.region import covers
from services.content.syndication.partners.address import faults_of
from services.content.syndication.partners.commands.delivering import give_up_waiting
from services.content.syndication.partners.message import made_out
from services.content.syndication.partners.models import Delivery, Subscription
from services.content.syndication.partners.queries import subscribing as queries
from shared.auth import Permission
from shared.contracts.subscribing import (
    GivenUp,
    NewSecret,
    NewSubscription,
    SubscriptionAct,
    SubscriptionChanged,
)
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import expect

if TYPE_CHECKING:
    from shared.contracts.content import ItemReleased, ItemWithdrawn
    from shared.destination import Allowed
    from shared.uow import UnitOfWork


async def subscribe(uow: UnitOfWork, new: NewSubscription, outside: Allowed) -> Subscription:
    """Let a partner be told of changes at an address of its own."""
    await _check(uow, new, outside)
    subscription = Subscription(partner=uow.actor.organization, **_told(new))
    uow.session.add(subscription)
    await uow.session.flush()
    _announce(uow, subscription, SubscriptionAct.OPENED)
    return subscription


async def change(
    uow: UnitOfWork,
    subscription_id: UUID,
    new: NewSubscription,
    version: int,
    outside: Allowed,
) -> Subscription:
    """Tell a partner elsewhere, of other things, or otherwise; what waits goes there too."""
    subscription = await _to_change(uow, subscription_id, version)
    await _check(uow, new, outside)
    for name, value in _told(new).items():
        setattr(subscription, name, value)
    _announce(uow, subscription, SubscriptionAct.CHANGED)
    return subscription


async def pause(uow: UnitOfWork, subscription_id: UUID, version: int) -> Subscription:
    """Let messages wait until the partner can take them again."""
    subscription = await _to_change(uow, subscription_id, version)
    subscription.paused = True
    _announce(uow, subscription, SubscriptionAct.PAUSED)
    return subscription


async def resume(uow: UnitOfWork, subscription_id: UUID, version: int) -> Subscription:
    """Send again, also to a subscriber that was disabled; how it failed is forgotten."""
    subscription = await _to_change(uow, subscription_id, version)
    subscription.paused, subscription.active, subscription.disabled = False, True, None
    subscription.failures, subscription.failing_since, subscription.rests_until = 0, None, None
    _announce(uow, subscription, SubscriptionAct.RESUMED)
    return subscription


async def rotate_secret(
    uow: UnitOfWork, subscription_id: UUID, new: NewSecret, version: int
) -> Subscription:
    """Sign with a new secret, and with the one before for a while."""
    subscription = await _to_change(uow, subscription_id, version)
    subscription.generation += 1
    subscription.former_secret_until = uow.now + timedelta(hours=new.overlap_hours)
    _announce(uow, subscription, SubscriptionAct.SECRET_ROTATED)
    return subscription


async def end(uow: UnitOfWork, subscription_id: UUID, version: int) -> Subscription:
    """Tell a partner nothing more; the receipts are kept."""
    subscription = await _to_change(uow, subscription_id, version)
    subscription.active, subscription.ended_at = False, uow.now
    await give_up_waiting(uow, subscription, GivenUp.ENDED)
    _announce(uow, subscription, SubscriptionAct.ENDED)
    return subscription


async def tell_subscribers(uow: UnitOfWork, event: ItemReleased | ItemWithdrawn) -> None:
    """Make out a message to every subscriber that wants to hear of it, or heard of it before."""
    if uow.cause is None:
        return
    matter, url = await queries.matter_of(uow.session, event)
    address = {} if url is None else {"url": url}
    payload = made_out(event.type, uow.now, {**event.model_dump(mode="json"), **address})
    told = {
        "event_id": uow.cause,
        "type": event.type,
        "subject": event.subject,
        "payload": payload,
        "made_at": uow.now,
        "due_at": uow.now,
    }
    to = await queries.subscriptions_to(uow.session, matter, event.subject)
    made = [{"id": new_id(), "subscription_id": each.id, **told} for each in to]
    if made:
        await uow.session.execute(insert(Delivery), made)


async def _to_change(uow: UnitOfWork, subscription_id: UUID, version: int) -> Subscription:
    found = await queries.subscription_to_change(uow.session, uow.actor, subscription_id)
    expect(version, found.version)
    return found


def _told(new: NewSubscription) -> dict[str, object]:
    return {**new.model_dump(mode="json"), "payload": new.payload}


def _announce(uow: UnitOfWork, subscription: Subscription, act: SubscriptionAct) -> None:
    uow.announce(
        SubscriptionChanged(subscription_id=subscription.id, partner=subscription.partner, act=act)
    )


async def _check(uow: UnitOfWork, new: NewSubscription, outside: Allowed) -> None:
    """Refuse what the actor may not hear of, and every value that leads nowhere, by name."""
    for code in new.site_codes or (None,):  # no code means every site
        uow.actor.require(Permission.SUBSCRIBE, uow.actor.organization, site_code=code)
    known = await registry.sites_coded(uow.session, new.site_codes)
    places = await registry.regions(uow.session) if new.regions else frozenset()
    faults = [*faults_of("/url", new.url, outside), *_faults(new, known.keys(), places)]
    if faults:
        raise Invalid(faults)


def _faults(
    new: NewSubscription, sites: Collection[str], places: Collection[str]
) -> Iterator[Fault]:
    for code in sorted(set(new.site_codes) - set(sites)):
        yield Fault("/site_codes", "unknown", f"范围内没有网站 {code}。")
    for at, term in enumerate(new.subjects):
        if term not in vocabularies()["subject"]:
            yield Fault(f"/subjects/{at}", "unknown_term", f"主题分类词表中没有“{term}”。")
    for at, region in enumerate(new.regions):
        if not any(covers(region, place) for place in places):
            yield Fault(f"/regions/{at}", "unknown", f"行政区划 {region} 内没有网站。")
