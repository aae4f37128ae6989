"""Telling of which public state an answer is, to whoever has to join several."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.content.release.queries import standing
from shared.contracts.delivery import PUBLIC_STATE, WANT_PUBLIC_STATE
from shared.requests import Reading


class TellsPublicState:
    """Sends the state an answer was read in along with it, with refusals too.

    That something is not public is true of one state as well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or WANT_PUBLIC_STATE not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        noted = scope.setdefault("state", {})

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start" and "public_state" in noted:
                MutableHeaders(scope=message)[PUBLIC_STATE] = str(noted["public_state"])
            await send(message)

        await self._app(scope, receive, send_told)


def wanted(request: Request) -> bool:
    """Say whether who asks wants to know the state; others are spared the question."""
    return WANT_PUBLIC_STATE in request.headers


async def note(session: AsyncSession, request: Request) -> None:
    """Read the state, which must be the session's first question or one of its snapshot."""
    request.state.public_state, _ = await standing.last_change(session)


async def _public_reading(session: Reading, request: Request) -> AsyncSession:
    if wanted(request):
        await note(session, request)
    return session


PublicReading = Annotated[AsyncSession, Depends(_public_reading, scope="function")]
"""A `Reading` of what releases change, which tells of which public state it is."""
