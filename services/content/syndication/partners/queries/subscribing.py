"""Questions about subscriptions and what was sent to them."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry import queries as registry
from services.content.release.queries import reading
from services.content.syndication.partners.interest import Matter, wants
from services.content.syndication.partners.models import Attempt, Delivery, Subscription
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import subscribing
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.page import Page
from shared.contracts.subscribing import DeliveryState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

SUBSCRIPTIONS = Listing("subscriptions", subscribing.Subscription, [(Subscription.id, UUID)])
DELIVERIES = Listing("deliveries", subscribing.Delivery, [(Delivery.id, UUID)])
ATTEMPTS = Listing("delivery-attempts", subscribing.Attempt, [(Attempt.id, UUID)])

# What an older worker gave up says no reason.
DEAD = and_(
    Delivery.due_at.is_(None), or_(Delivery.given_up.is_not(None), Delivery.delivered_at.is_(None))
)
IN_STATE: dict[DeliveryState, ColumnElement[bool]] = {
    DeliveryState.WAITING: Delivery.due_at.is_not(None),
    DeliveryState.RECEIVED: and_(
        Delivery.due_at.is_(None), Delivery.delivered_at.is_not(None), Delivery.given_up.is_(None)
    ),
    DeliveryState.GIVEN_UP: DEAD,
}


async def matter_of(
    session: AsyncSession, event: ItemReleased | ItemWithdrawn
) -> tuple[Matter, str | None]:
    """Return what an event is about, and the item's address if it is public."""
    site = (await registry.sites_coded(session, [event.site_code]))[event.site_code]
    matter = Matter(site.code, site.level, site.region)
    if isinstance(event, ItemWithdrawn):
        return matter, None
    matter = matter._replace(kind=event.kind, text=event.title)
    answers = await reading.answers_of(session, [event.item_id])
    if event.item_id not in answers:
        return matter, None
    item = json.loads(answers[event.item_id].body)
    text = "\n".join(filter(None, (item["title"], item.get("summary"), item["body"])))
    return matter._replace(subject=item.get("subject"), text=text), item["url"]


async def subscriptions_to(
    session: AsyncSession, matter: Matter, subject: str
) -> Sequence[Subscription]:
    """Return the active subscriptions that want to hear of a matter, or heard of its item."""
    heard = exists().where(
        Delivery.subscription_id == Subscription.id, Delivery.subject == subject
    )
    question = select(Subscription, heard).where(Subscription.active.is_(True))
    rows = await session.execute(question)
    return [to for to, heard_before in rows if heard_before or wants(to.filters, matter)]


async def subscription(session: AsyncSession, actor: Actor, subscription_id: UUID) -> Subscription:
    """Return a subscription of the actor's organization, or refuse as if there were none."""
    question = _own(actor).where(Subscription.id == subscription_id)
    return _found(await session.scalar(question))


async def subscription_to_change(
    session: AsyncSession, actor: Actor, subscription_id: UUID
) -> Subscription:
    """Return the same, locked until the transaction ends."""
    question = _own(actor).where(Subscription.id == subscription_id).with_for_update()
    return _found(await session.scalar(question))


async def subscriptions(
    session: AsyncSession, actor: Actor, asked: Asked
) -> Page[subscribing.Subscription]:
    """Return one page of the subscriptions of the actor's organization, newest first."""
    return await SUBSCRIPTIONS.turn(session, _own(actor), asked)


async def deliveries(
    session: AsyncSession, subscription_id: UUID, state: DeliveryState | None, asked: Asked
) -> Page[subscribing.Delivery]:
    """Return one page of a subscription's messages, newest first."""
    question = select(Delivery).where(Delivery.subscription_id == subscription_id)
    if state is not None:
        question = question.where(IN_STATE[state])
    return await DELIVERIES.turn(session, question, asked)


async def delivery(session: AsyncSession, subscription_id: UUID, delivery_id: UUID) -> Delivery:
    """Return a message to a subscription, or refuse as if there were none."""
    question = select(Delivery).where(
        Delivery.id == delivery_id, Delivery.subscription_id == subscription_id
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这条推送。")
    return found


async def waiting_about(
    session: AsyncSession, subscription_id: UUID, subject: str
) -> Delivery | None:
    """Return the newest message about something that waits for a subscriber."""
    question = select(Delivery).where(
        Delivery.subscription_id == subscription_id,
        Delivery.subject == subject,
        Delivery.due_at.is_not(None),
    )
    return await session.scalar(question.order_by(Delivery.position.desc()).limit(1))


async def attempts(
    session: AsyncSession, delivery_id: UUID, asked: Asked
) -> Page[subscribing.Attempt]:
    """Return one page of the attempts to deliver a message, latest first."""
    question = select(Attempt).where(Attempt.delivery_id == delivery_id)
    return await ATTEMPTS.turn(session, question, asked)


def _own(actor: Actor) -> Select[Subscription]:
    return select(Subscription).where(
        Subscription.ended_at.is_(None),
        reached(actor, Permission.SUBSCRIBE, Subscription.partner, sites=Subscription.site_codes),
    )


def _found(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise NotFound("没有这项订阅。")
    return subscription
