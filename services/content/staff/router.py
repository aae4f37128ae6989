"""HTTP of the staff capability: the group's founding, people, posts, clients and tokens."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Request, Response
from joserfc.jwk import OKPKey

from services.content.staff import commands
from services.content.staff.credentials import WrongCredentials
from services.content.staff.schemas import (
    ClientView,
    Founding,
    NewClient,
    NewPerson,
    NewPost,
    PersonView,
    PostView,
    TokenRequest,
    Tokens,
)
from services.content.staff.tokens import LIFETIME, public_keys, sign
from shared.auth import ANYONE, Actor
from shared.contracts.staff import Grant, Viewer
from shared.ids import new_id
from shared.problem import Forbidden
from shared.requests import BeginAct, BeginAsAnyone, InHouse, Somebody
from shared.telemetry import request_id
from shared.uow import UnitOfWork, beginner

router = APIRouter(tags=["staff"])


class WrongFoundingSecret(Forbidden):
    """Only whoever installed the system may found the group."""

    advice = "建立网站群的口令不正确。"


@dataclass(frozen=True)
class Authorities:
    """The secrets only this capability needs: what signs tokens, and what lets a group begin."""

    signing_key: OKPKey
    founding_secret: str


def authorities(request: Request) -> Authorities:
    """Return this application's signing key and founding secret."""
    found: Authorities = request.app.state.authorities
    return found


WithAuthorities = Annotated[Authorities, Depends(authorities)]


@router.post("/v1/group", status_code=201, response_model=PersonView)
async def found_group(
    founding: Founding,
    x_founding_secret: Annotated[str, Header(max_length=200)],
    holds: WithAuthorities,
    begin: BeginAsAnyone,
) -> Response:
    """Register the first organization and the administrator who admits everyone else; once."""
    if not hmac.compare_digest(x_founding_secret.encode(), holds.founding_secret.encode()):
        raise WrongFoundingSecret
    async with begin() as uow:
        return await uow.answer(PersonView, await commands.found_group(uow, founding), 201)


@router.post("/v1/people", status_code=201, response_model=PersonView)
async def admit_person(new: NewPerson, begin: BeginAct) -> Response:
    """Let a person join an organization."""
    async with begin() as uow:
        return await uow.answer(PersonView, await commands.admit_person(uow, new), 201)


@router.post("/v1/posts", status_code=201, response_model=PostView)
async def fill_post(new: NewPost, begin: BeginAct) -> Response:
    """Put a person in a post at an organization."""
    async with begin() as uow:
        return await uow.answer(PostView, await commands.fill_post(uow, new), 201)


@router.post("/v1/clients", status_code=201, response_model=ClientView)
async def admit_client(new: NewClient, begin: BeginAct) -> Response:
    """Give a program credentials; the secret is shown this once."""
    async with begin() as uow:
        client, secret = await commands.admit_client(uow, new, chance=secrets.token_hex(24))
        shown = ClientView(
            id=client.id, name=client.name, organization=client.organization, secret=secret
        )
        return await uow.answer(ClientView, shown, 201, once={"secret"})


@router.get("/v1/viewer")
async def read_viewer(actor: Somebody) -> Viewer:
    """Return who the bearer of the token is and what they may do."""
    held = [
        Grant(permission=permission, organizations=list(paths))
        for permission, paths in actor.grants.items()
    ]
    return Viewer(id=actor.id, organization=actor.organization, grants=held)


@router.post("/v1/auth/token")
async def issue_token(
    asked: Annotated[TokenRequest, Form()],
    holds: WithAuthorities,
    house: InHouse,
) -> Tokens:
    """Issue an access token (OAuth 2: password, refresh_token or client_credentials grant)."""
    # Begun here, because an answer that is a secret must not be kept for an idempotency key.
    begin = beginner(house.sessions, house.clock, house.source)
    async with begin(ANYONE, request_id()) as uow:
        login = await _log_in(uow, asked)
    if login is None:
        raise WrongCredentials
    return Tokens(
        access_token=_token(login.actor, holds, house),
        expires_in=int(LIFETIME.total_seconds()),
        refresh_token=login.refresh_token,
    )


async def _log_in(uow: UnitOfWork, asked: TokenRequest) -> commands.Login | None:
    chance = secrets.token_hex(24)
    match asked.grant_type:
        case "password":
            return await commands.log_in(uow, asked.username, asked.password, chance=chance)
        case "refresh_token":
            return await commands.refresh(uow, asked.refresh_token, chance=chance)
        case "client_credentials":
            return await commands.log_in_client(uow, asked.client_id, asked.client_secret)


def _token(actor: Actor, holds: Authorities, house: InHouse) -> str:
    return sign(
        actor,
        holds.signing_key,
        issuer=house.issuer,
        token_id=str(new_id()),
        now=house.clock(),
    )


@router.get("/.well-known/jwks.json")
async def read_keys(holds: WithAuthorities, response: Response) -> dict[str, Any]:
    """Return the public keys that verify access tokens (RFC 7517)."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return dict(public_keys(holds.signing_key).as_dict(private=False))
