"""Which subscriber comes next, and what it may be sent."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, SQLColumnExpression, and_, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from services.content.release.queries import reading
from services.content.syndication.partners.message import with_item
from services.content.syndication.partners.models import Delivery, Subscription
from services.content.syndication.partners.retry import figures
from shared.contracts.content import ItemReleased
from shared.contracts.subscribing import PayloadForm

earlier = aliased(Delivery)
sent = aliased(Delivery)

# A message waits for every earlier one about its item that is neither received nor given up.
# So items move in parallel, and a message that is not taken holds up only its own item.
AT_THE_HEAD = ~exists().where(
    earlier.subscription_id == Delivery.subscription_id,
    earlier.subject == Delivery.subject,
    earlier.position < Delivery.position,
    earlier.due_at.is_not(None),
)


def is_failing(failures: int) -> bool:
    """Say whether a subscriber that failed so often in a row is sent a probe and nothing else."""
    return failures >= figures().breaker_failures


def subscribers_to_serve(now: datetime, most: int) -> Select[Subscription]:
    """Ask for the subscribers that something can be sent to, the longest waiting first, locked."""
    head = (
        select(Delivery.due_at)
        .where(Delivery.subscription_id == Subscription.id, *_sendable(now))
        .order_by(Delivery.due_at)
        .limit(1)
        .lateral()
    )
    return (
        select(Subscription)
        .join(head, true())
        .where(
            Subscription.active,
            ~Subscription.paused,
            or_(Subscription.rests_until.is_(None), Subscription.rests_until <= now),
            or_(
                Subscription.failures < figures().breaker_failures,
                _nothing_under_way(Subscription.id, now),
            ),
        )
        .order_by(head.c.due_at)
        .limit(most)
        .with_for_update(of=Subscription, skip_locked=True)
    )


def messages_to_send(to: Subscription, now: datetime, most: int) -> Select[Delivery]:
    """Ask for the head of each item that waits for a locked subscriber; a probe if it fails."""
    question = select(Delivery).where(Delivery.subscription_id == to.id, *_sendable(now))
    if is_failing(to.failures):
        question, most = question.where(_nothing_under_way(to.id, now)), 1
    return question.order_by(Delivery.due_at, Delivery.position).limit(most)


async def subscription_locked(session: AsyncSession, subscription_id: UUID) -> Subscription:
    """Return a subscription, locked until the transaction ends."""
    question = select(Subscription).where(Subscription.id == subscription_id)
    return (await session.scalars(question.with_for_update())).one()


async def delivery_locked(session: AsyncSession, delivery_id: UUID) -> Delivery:
    """Return a message, locked until the transaction ends."""
    question = select(Delivery).where(Delivery.id == delivery_id)
    return (await session.scalars(question.with_for_update())).one()


async def payload_of(session: AsyncSession, delivery: Delivery, to: Subscription) -> str:
    """Return what a message says now: with the public answer, if the subscriber wants it full."""
    if to.payload is PayloadForm.THIN or delivery.type != ItemReleased.type:
        return delivery.payload
    item_id = UUID(delivery.subject)
    found = (await reading.answers_of(session, [item_id])).get(item_id)
    return with_item(delivery.payload, None if found is None else found.body)


def _sendable(now: datetime) -> Iterator[ColumnElement[bool]]:
    yield Delivery.due_at <= now
    yield or_(Delivery.leased_until.is_(None), Delivery.leased_until <= now)
    yield AT_THE_HEAD


def _nothing_under_way(
    subscription_id: SQLColumnExpression[UUID] | UUID, now: datetime
) -> ColumnElement[bool]:
    return ~exists().where(
        and_(
            sent.subscription_id == subscription_id,
            sent.leased_until.is_not(None),
            sent.leased_until > now,
        )
    )
