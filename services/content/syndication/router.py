"""HTTP of directives, obligations and subscriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.content.syndication import commands, queries
from services.content.syndication.signature import secret_of
from shared.contracts.directing import NewDirective, NewSubscription, ObligationAnswer
from shared.contracts.page import Page
from shared.contracts.syndication import (
    Delivery,
    Directive,
    Obligation,
    ObligationState,
    OpenedSubscription,
    Subscription,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


async def subscription_key(request: Request) -> str:
    """Return the key this application derives subscribers' secrets from."""
    key: str = request.app.state.subscription_key
    return key


SubscriptionKey = Annotated[str, Depends(subscription_key)]


@router.post("/directives", status_code=201, response_model=Directive)
async def issue_directive(new: NewDirective, begin: BeginAct) -> Response:
    """Order sites to repost a public item."""
    async with begin() as uow:
        return await uow.answer(Directive, await commands.issue_directive(uow, new), 201)


@router.get("/directives/{directive_id}", response_model=Directive)
async def read_directive(directive_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a directive to those who may issue one in its issuer's name."""
    return await queries.directive(session, actor, directive_id)


@router.get("/directives/{directive_id}/obligations")
async def list_coverage(
    directive_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Obligation]:
    """Return what each site did about a directive."""
    await queries.directive(session, actor, directive_id)
    return await queries.obligations_under(session, directive_id, page)


@router.get("/obligations")
async def list_obligations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: ObligationState | None = None,
) -> Page[Obligation]:
    """Return what the sites the bearer reposts for owe, newest first."""
    return await queries.obligations_of(session, actor, site_code, state, page)


@router.post("/obligations/{obligation_id}/answer", response_model=Obligation)
async def answer_obligation(
    obligation_id: UUID, given: ObligationAnswer, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    async with begin() as uow:
        obligation = await commands.answer_obligation(uow, obligation_id, given, version=if_match)
        return await uow.answer(Obligation, obligation)


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
