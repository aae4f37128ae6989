"""HTTP of the hub."""

import os
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from services.content.syndication.hub.commands import asking
from services.content.syndication.hub.commands.asking import Terms
from services.content.syndication.hub.schemas import HubForm
from shared.auth import ANYONE
from shared.requests import InHouse
from shared.sealing import NONCE_BYTES
from shared.telemetry import request_id
from shared.uow import beginner

router = APIRouter(prefix="/v1/public", tags=["syndication"])


@router.post("/hub", status_code=202, response_class=Response)
async def ask_hub(asked: Annotated[HubForm, Form()], house: InHouse, request: Request) -> Response:
    """Ask to be handed an Atom feed whenever it changes, or no more (W3C WebSub).

    The callback is asked whether it meant it, and only then followed. Whoever gives a secret finds
    each feed signed with it in `X-Hub-Signature`.
    """
    stands = request.app.state
    terms = Terms(stands.public_address, stands.allowed, stands.subscription_key)
    begin = beginner(house.sessions, house.clock, house.source)
    async with begin(ANYONE, request_id()) as uow:
        await asking.ask(uow, asked, terms, os.urandom(NONCE_BYTES))
    return Response(status_code=202)
