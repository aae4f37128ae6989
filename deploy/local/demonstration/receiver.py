"""A partner's webhook receiver: a real server on the loopback that checks every signature."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deploy.local.servers import free_port


@dataclass
class Receiver:
    """What came in and proved to be ours; `secret` is set once the subscription is open."""

    url: str
    secret: str = ""
    messages: list[Any] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: Request) -> Response:
        """Accept a message whose signature holds; anything else raises and is answered 500."""
        body = await request.body()
        message = Webhook(self.secret).verify(body, dict(request.headers))
        async with self.arrived:
            self.messages.append(message)
            self.arrived.notify_all()
        return Response(status_code=204)

    async def wait_for(self, type: str, item_id: str) -> Any:
        """Return the message of this type about this item, once it has come: in ten seconds."""

        def found() -> Any:
            about = (message for message in self.messages if message["type"] == type)
            return next((m for m in about if m["data"]["item_id"] == item_id), None)

        async with asyncio.timeout(10), self.arrived:
            return await self.arrived.wait_for(found)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Serve a receiver while the block runs."""
    port = free_port()
    receiver = Receiver(f"http://127.0.0.1:{port}/hook")
    application = Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])
    server = uvicorn.Server(
        uvicorn.Config(application, port=port, log_level="error", lifespan="off")
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn offers nothing to wait on
        await asyncio.sleep(0.01)
    try:
        yield receiver
    finally:
        server.should_exit = True
        await serving
