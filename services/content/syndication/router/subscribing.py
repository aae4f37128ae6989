"""HTTP of subscriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.content.syndication.commands import subscribing as commands
from services.content.syndication.queries import subscribing as queries
from services.content.syndication.signature import secret_of
from shared.contracts.page import Page
from shared.contracts.subscribing import NewSubscription
from shared.contracts.syndication import (
    Delivery,
    OpenedSubscription,
    Subscription,
)
from shared.requests import BeginAct, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


async def subscription_key(request: Request) -> str:
    """Return the key this application derives subscribers' secrets from."""
    key: str = request.app.state.subscription_key
    return key


SubscriptionKey = Annotated[str, Depends(subscription_key)]


@router.post("/subscriptions", status_code=201, response_model=OpenedSubscription)
async def subscribe(new: NewSubscription, begin: BeginAct, key: SubscriptionKey) -> Response:
    """Be told of changes at an address of your own; the secret is shown this once."""
    async with begin() as uow:
        opened = await commands.subscribe(uow, new)
        secret = secret_of(key, opened.id, opened.generation)
        view = Subscription.model_validate(opened, from_attributes=True)
        shown = OpenedSubscription(**view.model_dump(), secret=secret)
        return await uow.answer(OpenedSubscription, shown, 201, once={"secret"})


@router.get("/subscriptions/{subscription_id}", response_model=Subscription)
async def read_subscription(subscription_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a subscription of the bearer's organization."""
    return await queries.subscription(session, actor, subscription_id)


@router.get("/subscriptions/{subscription_id}/deliveries")
async def list_deliveries(
    subscription_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Delivery]:
    """Return a subscription's messages and how each went, newest first."""
    await queries.subscription(session, actor, subscription_id)
    return await queries.deliveries(session, subscription_id, page)
