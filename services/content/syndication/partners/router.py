"""HTTP of subscriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.content.syndication.partners.commands import replaying
from services.content.syndication.partners.commands import subscribing as commands
from services.content.syndication.partners.models import Subscription as Opened
from services.content.syndication.partners.queries import subscribing as queries
from services.content.syndication.partners.signature import secret_of
from shared.contracts.page import Page
from shared.contracts.subscribing import (
    Attempt,
    Delivery,
    DeliveryState,
    NewReplay,
    NewSecret,
    NewSubscription,
    OpenedSubscription,
    Replay,
    Subscription,
)
from shared.destination import Allowed
from shared.requests import BeginAct, IfMatch, Reading, RequestUnitOfWork, Somebody, WhichPage

router = APIRouter(prefix="/v1/subscriptions", tags=["syndication"])


async def subscription_key(request: Request) -> str:
    """Return the key this application derives subscribers' secrets from."""
    key: str = request.app.state.subscription_key
    return key


SubscriptionKey = Annotated[str, Depends(subscription_key)]


async def allowed(request: Request) -> Allowed:
    """Return whom this application may be made to call."""
    found: Allowed = request.app.state.allowed
    return found


MayCall = Annotated[Allowed, Depends(allowed)]


@router.post("", status_code=201, response_model=OpenedSubscription)
async def subscribe(
    new: NewSubscription, begin: BeginAct, key: SubscriptionKey, outside: MayCall
) -> Response:
    """Be told of changes at an address of your own; the secret is shown this once."""
    async with begin() as uow:
        return await _show_secret(uow, await commands.subscribe(uow, new, outside), key, 201)


@router.get("")
async def list_subscriptions(
    actor: Somebody, session: Reading, page: WhichPage
) -> Page[Subscription]:
    """Return the subscriptions of the bearer's organization, newest first."""
    return await queries.subscriptions(session, actor, page)


@router.get("/{subscription_id}", response_model=Subscription)
async def read_subscription(subscription_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a subscription of the bearer's organization."""
    return await queries.subscription(session, actor, subscription_id)


@router.put("/{subscription_id}", response_model=Subscription)
async def change_subscription(
    subscription_id: UUID,
    new: NewSubscription,
    if_match: IfMatch,
    begin: BeginAct,
    outside: MayCall,
) -> Response:
    """Be told elsewhere, of other things, or otherwise; what waits goes there too."""
    async with begin() as uow:
        changed = await commands.change(uow, subscription_id, new, if_match, outside)
        return await uow.answer(Subscription, changed)


@router.delete("/{subscription_id}", response_model=Subscription)
async def end_subscription(subscription_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Be told nothing more; what waits is given up."""
    async with begin() as uow:
        return await uow.answer(Subscription, await commands.end(uow, subscription_id, if_match))


@router.post("/{subscription_id}/pause", response_model=Subscription)
async def pause_subscription(
    subscription_id: UUID, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Let messages wait until the subscription is resumed."""
    async with begin() as uow:
        return await uow.answer(Subscription, await commands.pause(uow, subscription_id, if_match))


@router.post("/{subscription_id}/resumption", response_model=Subscription)
async def resume_subscription(
    subscription_id: UUID, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Be sent messages again, after a pause or after the subscription was disabled."""
    async with begin() as uow:
        resumed = await commands.resume(uow, subscription_id, if_match)
        return await uow.answer(Subscription, resumed)


@router.post("/{subscription_id}/secret", response_model=OpenedSubscription)
async def rotate_secret(
    subscription_id: UUID,
    new: NewSecret,
    if_match: IfMatch,
    begin: BeginAct,
    key: SubscriptionKey,
) -> Response:
    """Get a new secret, shown this once; messages bear both signatures for a while."""
    async with begin() as uow:
        rotated = await commands.rotate_secret(uow, subscription_id, new, if_match)
        return await _show_secret(uow, rotated, key, 200)


@router.post("/{subscription_id}/test", status_code=202, response_model=Delivery)
async def send_test(subscription_id: UUID, begin: BeginAct) -> Response:
    """Be sent a message of the type `ping`, as any other is sent."""
    async with begin() as uow:
        return await uow.answer(Delivery, await replaying.send_test(uow, subscription_id), 202)


@router.post("/{subscription_id}/replay", status_code=202, response_model=Replay)
async def replay(subscription_id: UUID, asked: NewReplay, begin: BeginAct) -> Response:
    """Be sent messages once more, and every later one about their items after them."""
    async with begin() as uow:
        sent = await replaying.replay(uow, subscription_id, asked)
        return await uow.answer(Replay, Replay(deliveries=sent), 202)


@router.get("/{subscription_id}/deliveries")
async def list_deliveries(
    subscription_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: DeliveryState | None = None,
) -> Page[Delivery]:
    """Return a subscription's messages and how each went, newest first."""
    await queries.subscription(session, actor, subscription_id)
    return await queries.deliveries(session, subscription_id, state, page)


@router.get("/{subscription_id}/deliveries/{delivery_id}/attempts")
async def list_attempts(
    subscription_id: UUID, delivery_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Attempt]:
    """Return the attempts to deliver a message, latest first; no bodies are kept."""
    await queries.subscription(session, actor, subscription_id)
    found = await queries.delivery(session, subscription_id, delivery_id)
    return await queries.attempts(session, found.id, page)


async def _show_secret(uow: RequestUnitOfWork, of: Opened, key: str, status: int) -> Response:
    await uow.session.flush()
    view = Subscription.model_validate(of, from_attributes=True)
    secret = secret_of(key, of.id, of.generation)
    shown = OpenedSubscription(**view.model_dump(), secret=secret)
    return await uow.answer(OpenedSubscription, shown, status, once={"secret"})
