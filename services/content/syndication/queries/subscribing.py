"""Questions about subscriptions and what was sent to them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.syndication.models import Delivery, Subscription
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import syndication as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

DELIVERIES = Listing("deliveries", contracts.Delivery, [(Delivery.id, UUID)])


async def subscriptions_to(session: AsyncSession, site_code: str) -> Sequence[Subscription]:
    """Return the active subscriptions that want to hear of a site."""
    question = select(Subscription).where(Subscription.active.is_(True))
    return [
        subscription
        for subscription in await session.scalars(question)
        if not subscription.site_codes or site_code in subscription.site_codes
    ]


async def subscription(session: AsyncSession, actor: Actor, subscription_id: UUID) -> Subscription:
    """Return a subscription of the actor's organization, or refuse as if there were none."""
    question = select(Subscription).where(
        Subscription.id == subscription_id,
        reached(actor, Permission.SUBSCRIBE, Subscription.partner, sites=Subscription.site_codes),
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这项订阅。")
    return found


async def deliveries(
    session: AsyncSession, subscription_id: UUID, asked: Asked
) -> Page[contracts.Delivery]:
    """Return one page of a subscription's messages, newest first."""
    question = select(Delivery).where(Delivery.subscription_id == subscription_id)
    return await DELIVERIES.turn(session, question, asked)
