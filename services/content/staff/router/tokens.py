"""HTTP of tokens and of the sessions they come from."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from services.content.staff.commands import logging_in
from services.content.staff.commands import sessions as commands
from services.content.staff.credentials import WrongCredentials
from services.content.staff.outside import Assertion, believe, claimed_issuer
from services.content.staff.queries import logins
from services.content.staff.router.authorities import Authorities, FromPlace, WithAuthorities
from services.content.staff.schemas import TokenRequest, Tokens
from services.content.staff.tokens import lifetime, sign
from shared.auth import ANYONE
from shared.contracts.page import Page
from shared.contracts.staff import SessionView
from shared.faults import faults
from shared.ids import new_id
from shared.problem import Invalid
from shared.requests import BeginAct, InHouse, Reading, Somebody, WhichPage
from shared.telemetry import request_id
from shared.uow import UnitOfWork, beginner


class TokenRoute(APIRoute):
    """A route whose problem documents also carry the `error` of RFC 6749 §5.2."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, which names what is wrong with a request as OAuth does."""
        handle = super().get_route_handler()

        async def handle_naming_errors(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                problem = Invalid(faults(error.errors()))
                problem.members["error"] = _error_code(error)
                raise problem from error

        return handle_naming_errors


def _error_code(error: RequestValidationError) -> str:
    unknown = {("body", "grant_type")} & {
        tuple(each["loc"]) for each in error.errors() if each["type"] == "literal_error"
    }
    return "unsupported_grant_type" if unknown else "invalid_request"


Begin = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
router = APIRouter(tags=["staff"])
tokens = APIRouter(tags=["staff"], route_class=TokenRoute)


@tokens.post("/v1/auth/token")
async def issue_token(
    asked: Annotated[TokenRequest, Form()],
    holds: WithAuthorities,
    house: InHouse,
    place: FromPlace,
) -> Tokens:
    """Issue an access token (OAuth 2) for a password, refresh token, client or outside token."""
    # Begun here, because an answer that is a secret must not be kept for an idempotency key.
    begin = partial(beginner(house.sessions, house.clock, house.source), ANYONE, request_id())
    now = house.clock()
    login = await _log_in(asked, begin, holds, place, now)
    return Tokens(
        access_token=sign(
            login.actor,
            holds.signing_key,
            issuer=house.issuer,
            token_id=str(new_id()),
            now=now,
            until=login.until,
        ),
        expires_in=int(lifetime(now, login.until).total_seconds()),
        refresh_token=login.refresh_token,
    )


async def _log_in(
    asked: TokenRequest, begin: Begin, holds: Authorities, place: logging_in.Place, now: datetime
) -> logging_in.Login:
    chance = secrets.token_hex(24)
    if asked.grant_type == "password":
        return await _by_password(asked, begin, holds, place, chance)
    if asked.grant_type == "client_credentials":
        async with begin() as uow:
            return await logging_in.log_in_client(uow, asked.client_id, asked.client_secret)
    if asked.grant_type == "refresh_token":
        async with begin() as uow:
            login = await logging_in.refresh(uow, asked.refresh_token, chance=chance)
        if login is None:
            raise WrongCredentials(error="invalid_grant")
        return login
    assertion = await _believed(asked.assertion, holds, now)
    async with begin() as uow:
        return await logging_in.log_in_outside(uow, assertion, place, chance=chance)


async def _by_password(
    asked: TokenRequest, begin: Begin, holds: Authorities, place: logging_in.Place, chance: str
) -> logging_in.Login:
    """Try a password beside the loop and between two transactions: it takes long on purpose."""
    async with begin() as uow:
        attempt = await logging_in.weigh(uow, asked.username, place.address)
    if not await asyncio.to_thread(holds.passwords.fit, asked.password, attempt.password_hash):
        raise WrongCredentials(error="invalid_grant")
    async with begin() as uow:
        return await logging_in.log_in(uow, attempt, place, chance=chance)


async def _believed(token: str, holds: Authorities, now: datetime) -> Assertion:
    outside = holds.outside.get(claimed_issuer(token))
    if outside is None:
        raise WrongCredentials(error="invalid_grant")
    return believe(token, await outside.keys(now), outside.issuer, now)


@router.get("/.well-known/jwks.json")
async def read_keys(holds: WithAuthorities, response: Response) -> dict[str, Any]:
    """Return the public keys that verify access tokens (RFC 7517)."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return dict(holds.public_keys().as_dict(private=False))


@router.get("/v1/sessions")
async def list_sessions(
    actor: Somebody, session: Reading, page: WhichPage, person_id: UUID | None = None
) -> Page[SessionView]:
    """Return the bearer's sessions, or those of a person they administer, newest first."""
    return await logins.sessions(session, actor, person_id, page)


@router.delete("/v1/sessions/{session_id}", response_model=SessionView)
async def end_session(session_id: UUID, begin: BeginAct) -> Response:
    """End a session of one's own or of a person one administers; it gets no more tokens."""
    async with begin() as uow:
        return await uow.answer(SessionView, await commands.end_session(uow, session_id))


router.include_router(tokens)
